import { someOf } from '../../core/facts/in-words.ts';
import type { SessionsDown } from '../models/bgp/sessions-down.ts';
import type { DrilledAddresses } from './drilled-addresses.ts';
import { standingText } from './headline.ts';

/** What does not count as a next hop, and why. */
export function sessionNotes({ byNode, isWithoutBackend }: SessionsDown): readonly string[] {
  const lost = [...byNode]
    .map(([node, peers]) => `${node} with ${someOf([...peers].toSorted())}`)
    .toSorted();
  return lost.length === 0
    ? []
    : [
        `no next hop by BGP sessions that are down${isWithoutBackend ? ', as no FRR is there to speak BGP' : ''}: ${someOf(lost)}`,
      ];
}

const shown = 5;

/** How the addresses stand before anything is thought away, and what was counted how. */
export function notesOn(
  { already, open }: DrilledAddresses,
  silent: ReadonlySet<string>,
): readonly string[] {
  return [
    ...(already === 0 ? [] : [`${standingText(already)}: triage announcers`]),
    ...(open === 0
      ? []
      : [
          `of ${open} ${open === 1 ? 'address' : 'addresses'} it is open who announces ${open === 1 ? 'it' : 'them'} now: triage announcers`,
        ]),
    ...(silent.size === 0
      ? []
      : [
          `counted as dead already, since the cluster has heard nothing of it for a while: ${someOf([...silent].toSorted(), shown)}`,
        ]),
  ];
}
