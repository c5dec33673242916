import type { WireProber } from '../core/facts/wire-port.ts';
import { realClock } from './look/clock.ts';
import { joinGroup } from './socket/group.ts';
import { thisHost } from './host/host.ts';
import { openLink } from './link.ts';
import { nudge, tryPort } from './look/ports.ts';
import { proberOver } from './prober.ts';

/** Looks at the wire from this host. Nothing is opened or loaded before the first look. */
export function openProber(): WireProber {
  return proberOver({ host: thisHost(), openLink, clock: realClock, tryPort, nudge, joinGroup });
}
