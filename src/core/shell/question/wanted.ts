import { factNames } from '../../cluster/kinds.ts';
import type { Wanted } from '../../facts/ports.ts';
import { factsOftenLeftOut, type Snapshot } from '../../facts/snapshot.ts';
import { visible } from '../../report/escape.ts';

/** Everything that can be read: what a snapshot holds and what a doctor looks at. */
export const everything: Wanted = {
  facts: factNames,
  logs: ['controller', 'speaker'],
  service: undefined,
};

/** What could not be read, and why; kinds that the server does not serve are not among it. */
export function unreadIn({
  readings,
}: Snapshot): readonly { readonly fact: string; readonly why: string }[] {
  return factNames.flatMap((fact) => {
    const reading = readings[fact];
    switch (reading.state) {
      case 'read':
      case 'absent':
        return [];
      case 'forbidden':
        return [{ fact, why: visible(`no right to ${reading.verb} ${reading.resource}`) }];
      case 'failed':
        if (reading.unheld === true && factsOftenLeftOut.includes(fact)) {
          return [];
        }
        return [{ fact, why: visible(reading.reason) }];
    }
  });
}
