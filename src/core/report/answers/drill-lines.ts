import {
  type DrilledAddress,
  type DrillReport,
  lostServicesNamed,
} from '../../facts/drill-report.ts';
import { reasonLines } from './announcers-lines.ts';
import { someOf } from '../../facts/in-words.ts';

/** Rows of address, what happens, and Service; the first row names the columns. */
export function drilledRows(addresses: readonly DrilledAddress[]): readonly (readonly string[])[] {
  return [
    ['ADDRESS', 'THEN', 'SERVICE'],
    ...addresses.map((each) => [each.address, thenOf(each), each.service]),
  ];
}

/** `worker-1 -> worker-2`, `NOBODY`, `open`, `3 of 5 next hops`. */
function thenOf({ outcome, from, to, nextHops }: DrilledAddress): string {
  const { before, after } = nextHops;
  if (outcome === 'lost') {
    return 'NOBODY';
  }
  if (outcome === 'open') {
    return 'open';
  }
  const hops =
    after.count < before || outcome === 'fewer-next-hops'
      ? [`${after.count} of ${before} next hops (${someOf(after.first, 2, after.count)})`]
      : [];
  const move = from === undefined || from === to ? [] : [`${from} -> ${to ?? 'nobody in layer 2'}`];
  return [...move, ...hops].join(', ');
}

/** One row per node, the worst loss first; the first row names the columns. */
export function nodeLossRows({ nodes }: DrillReport): readonly (readonly string[])[] {
  const hasHops = nodes.some(({ fewerNextHops }) => fewerNextHops > 0);
  return [
    ['NODE', 'LOST', 'MOVED', ...(hasHops ? ['FEWER NEXT HOPS'] : []), 'ANNOUNCED BY NOBODY THEN'],
    ...nodes.map(({ node, lost, moves, fewerNextHops, lostServices }) => [
      node,
      String(lost),
      String(moves),
      ...(hasHops ? [String(fewerNextHops)] : []),
      lostText(lostServices, lost),
    ]),
  ];
}

/** A Service may lose several addresses; only where not all are named their number stands for them. */
function lostText(services: readonly string[], lost: number): string {
  const count = services.length < lostServicesNamed ? services.length : lost;
  return someOf(services, 2, Math.max(count, services.length));
}

/** Why addresses are announced by nobody then, or why that is open, each reason once. */
export function whyLines(addresses: readonly DrilledAddress[]): readonly string[] {
  return reasonLines(
    addresses.flatMap(({ service, why }) => (why === undefined ? [] : [{ service, says: why }])),
  );
}
