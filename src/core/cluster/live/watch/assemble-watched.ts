import type { KubeObject } from '../../../facts/kube-objects.ts';
import { keyOf } from '../../../facts/object-ref.ts';
import type { Reading } from '../../../facts/reading.ts';
import type { FactKinds, FactName, Readings } from '../../../facts/snapshot.ts';
import { readingsFrom } from '../../assemble.ts';
import { kinds } from '../../kinds.ts';
import type { ListWatch } from './list-watch.ts';

/** The readings of the first look with what is in the lists by now; what was not read then stays unread. */
export function watchedReadings(first: Readings, lists: readonly ListWatch[]): Readings {
  return readingsFrom(<K extends FactName>(fact: K): Reading<FactKinds[K]> => {
    const reading: Reading<FactKinds[K]> = first[fact];
    const own = lists.filter(({ kind }) => kind === kinds[fact]);
    if (reading.state !== 'read' || own.length === 0) {
      return reading;
    }
    const objects = new Map(
      own.flatMap((list) => list.objects.map((each) => [keyOf(each.metadata), each] as const)),
    );
    // a list holds what the parser of its own kind made
    return {
      ...reading,
      items: [...objects.values()] as KubeObject[] as unknown as FactKinds[K][],
    };
  });
}
