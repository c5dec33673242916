import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { Hindrance } from '../../core/facts/what-if.ts';

/** Everything that keeps MetalLB from acting now, what to mend first on top. */
export function hindrancesIn({ rootCauses }: Conclusion): readonly Hindrance[] {
  return rootCauses
    .filter(({ severity }) => severity === 'error')
    .map(({ cause, check, says }) => ({ cause, check, says }));
}
