import { advertisingCauses } from './advertising-causes.ts';
import { bgpCauses } from './bgp-causes.ts';
import { endpointCauses } from './endpoint-causes.ts';
import type { MadeCause } from './made-cause.ts';
import { speakerCauses } from './speaker-causes.ts';
import { wireCauses } from './wire-causes.ts';

/** All that is done to traffic, in the order in which a packet would meet it. */
export const madeCauses: readonly MadeCause[] = [
  ...advertisingCauses,
  ...speakerCauses,
  ...bgpCauses,
  ...endpointCauses,
  ...wireCauses,
];
