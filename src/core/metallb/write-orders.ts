import type { IPAddressPool } from '../facts/kube-objects.ts';
import { admissionOf } from './admission.ts';
import type { Admission } from './admission.ts';
import type { ModelInput } from './model-input.ts';
import { poolsAfter } from './pool-wish.ts';
import type { PoolStep } from './pool-wish.ts';

/** One write of several. */
export type Write =
  | { readonly kind: 'pool'; readonly step: PoolStep }
  | { readonly kind: 'service' };

/** Above this many writes only some of their orders are tried. */
const mostPermuted = 4;

/** True where `ordersOf` gives every order there is of so many writes. */
export function areAllTried(writes: number): boolean {
  return writes <= mostPermuted;
}

/** The orders to try, the one they are given in first. */
export function ordersOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  return writes.length > mostPermuted ? turnsOf(writes) : permutationsOf(writes);
}

function permutationsOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  return writes.length < 2
    ? [writes]
    : writes.flatMap((first) =>
        permutationsOf(writes.filter((write) => write !== first)).map((rest) => [first, ...rest]),
      );
}

/** Each write first once, forwards and backwards. */
function turnsOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  return [writes, writes.toReversed()].flatMap((line) =>
    line.map((_, index) => [...line.slice(index), ...line.slice(0, index)]),
  );
}

/** What the webhook says of each pool's write. */
export interface AdmittedWrite {
  readonly write: Write;
  readonly admission: Admission;
}

/** The writes in this order, each judged beside the pools as the ones before it left them. */
export function admittedIn(order: readonly Write[], input: ModelInput): readonly AdmittedWrite[] {
  let stored: readonly IPAddressPool[] = input.pools;
  return order.map((write) => {
    if (write.kind === 'service') {
      return { write, admission: { allowed: true } };
    }
    const { before, after } = write.step;
    // Deletions always pass: the webhook is not called for them (`ValidateDelete` of every release).
    const admission: Admission =
      after === undefined
        ? { allowed: true }
        : admissionOf({ pool: after, stored, isCreate: before === undefined, settings: input });
    stored = admission.allowed ? poolsAfter(stored, [write.step]) : stored;
    return { write, admission };
  });
}
