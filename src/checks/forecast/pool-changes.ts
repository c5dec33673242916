import type { PoolChangeForecast } from '../../core/facts/what-if.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { AdmittedWrite } from '../../core/metallb/write-orders.ts';

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

/** The first write that the webhook refuses in every order; undefined when all pass. */
export function refusedWrite({ writes }: Pick<WhatIf, 'writes'>): AdmittedWrite | undefined {
  return writes.find(({ admission }) => !admission.allowed);
}

/** True for a pool that the change creates or gives other ranges. */
export function isWritten(name: string, { writes }: Pick<WhatIf, 'writes'>): boolean {
  return writes.some(
    ({ write }) =>
      write.kind === 'pool' && write.step.after !== undefined && write.step.name === name,
  );
}
