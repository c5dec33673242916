import type { PoolChangeForecast } from '../../core/facts/what-if.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { PoolStep } from '../../core/metallb/pool-wish.ts';

/** What the webhook says of each pool that is written, in the order of the writes. */
export function poolChangesOf({ writes }: Pick<WhatIf, 'writes'>): readonly PoolChangeForecast[] {
  return writes.flatMap(({ write, admission }): readonly PoolChangeForecast[] => {
    if (write.kind === 'service') {
      return [];
    }
    const { name, after } = write.step;
    const passes =
      after === undefined ? 'the webhook is not asked about a deletion' : 'the webhook accepts it';
    return admission.allowed
      ? [{ name, isAccepted: true, messages: [], says: passes }]
      : [
          {
            name,
            isAccepted: false,
            messages: admission.messages,
            says: `the webhook refuses it, and without the webhook MetalLB would refuse all pools: ${admission.messages[0] ?? ''}`,
          },
        ];
  });
}

/** The writes of pools that the webhook refuses in this order; of the orders tried, the best has the fewest of them. */
export function refusedSteps({ writes }: Pick<WhatIf, 'writes'>): readonly PoolStep[] {
  return writes.flatMap(({ write, admission }) =>
    write.kind === 'pool' && !admission.allowed ? [write.step] : [],
  );
}

/** Ranges that the change gives to a pool; none of what the webhook refuses. */
export function rangesAddedTo(name: string, { writes }: Pick<WhatIf, 'writes'>): readonly string[] {
  return writes.flatMap(({ write, admission }) => {
    if (write.kind === 'service' || write.step.name !== name || !admission.allowed) {
      return [];
    }
    const { before, after } = write.step;
    const old = before?.spec.addresses ?? [];
    return after?.spec.addresses.filter((range) => !old.includes(range)) ?? [];
  });
}

/** True for a pool that the change would create or give other ranges, refused or not. */
export function isWritten(name: string, { writes }: Pick<WhatIf, 'writes'>): boolean {
  return writes.some(
    ({ write }) =>
      write.kind === 'pool' && write.step.after !== undefined && write.step.name === name,
  );
}

/** True for one of them whose change the webhook lets pass. */
export function isMade(name: string, told: Pick<WhatIf, 'writes'>): boolean {
  return isWritten(name, told) && refusedSteps(told).every((step) => step.name !== name);
}
