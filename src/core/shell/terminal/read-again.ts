import type { Service } from '../../facts/kube-objects.ts';
import type { Receipt, Snapshot } from '../../facts/snapshot.ts';
import type { WantedService } from '../question/service-argument.ts';

/**
 * What stands behind a Service is read where it is. Whoever named it without a namespace, or chose it from what was
 * read, has it in the namespace that was guessed, or makes it be read again.
 */
export function toReadAgain(
  named: WantedService | undefined,
  subject: Service | undefined,
  { target }: Snapshot,
): WantedService | undefined {
  if (subject === undefined) {
    return undefined;
  }
  const { name, namespace } = subject.metadata;
  const read = named === undefined ? undefined : (named.namespace ?? target.namespace);
  return read === namespace ? undefined : { namespace, name };
}

/** The later reading, with what both cost. */
export function withBothCosts(later: Snapshot, earlier: Snapshot): Snapshot {
  const sum = (count: (receipt: Receipt) => number) =>
    count(earlier.receipt) + count(later.receipt);
  return {
    ...later,
    receipt: {
      calls: sum(({ calls }) => calls),
      lists: sum(({ lists }) => lists),
      logs: sum(({ logs }) => logs),
      bytes: sum(({ bytes }) => bytes),
      ms: sum(({ ms }) => ms),
    },
  };
}
