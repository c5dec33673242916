import type { Cause } from '../core/diagnosis/cause.ts';
import type { CauseId } from '../core/facts/finding.ts';
import { allocationCauses } from './causes/allocation.ts';
import { bgpCauses } from './causes/bgp.ts';
import { claimedElsewhereCauses } from './causes/claimed-elsewhere.ts';
import { configurationCauses } from './causes/configuration.ts';
import { finalizerCauses } from './causes/finalizers.ts';
import { healthCauses } from './causes/health.ts';
import { installationCauses } from './causes/installation.ts';
import { moveCauses } from './causes/moves.ts';
import { poolCauses } from './causes/pools.ts';
import { layer2Causes } from './causes/layer2.ts';
import { announcerCauses } from './causes/layer2-announcers.ts';
import { announcingNetworkCauses } from './causes/layer2-network.ts';
import { lostConfigurationCauses } from './causes/lost-configuration.ts';
import { requestCauses } from './causes/requests.ts';
import { selectionCauses } from './causes/selection.ts';
import { speakerCauses } from './causes/speakers.ts';
import { staleConfigurationCauses } from './causes/stale-configuration.ts';
import { surroundingCauses } from './causes/surroundings.ts';
import { trafficCauses } from './causes/traffic.ts';
import { webhookCauses } from './causes/webhook.ts';
import { wireCauses } from './causes/wire.ts';

/** Every cause there is, in the order in which MetalLB's own decisions meet them. */
export const causes: readonly Cause[] = [
  ...selectionCauses,
  ...surroundingCauses,
  ...webhookCauses,
  ...installationCauses,
  ...speakerCauses,
  ...lostConfigurationCauses,
  ...configurationCauses,
  ...requestCauses,
  ...allocationCauses,
  ...healthCauses,
  ...staleConfigurationCauses,
  ...finalizerCauses,
  ...poolCauses,
  ...moveCauses,
  ...claimedElsewhereCauses,
  ...layer2Causes,
  ...announcerCauses,
  ...announcingNetworkCauses,
  ...bgpCauses,
  ...wireCauses,
  ...trafficCauses,
];

/** The cause of this id; undefined when there is none. */
export function causeOf(id: CauseId): Cause | undefined {
  return causes.find((cause) => cause.id === id);
}
