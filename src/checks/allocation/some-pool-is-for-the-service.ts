import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { PoolVerdict } from '../../core/metallb/answer.ts';
import { poolLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool } from '../models/allocation/remedies.ts';

/** `serviceAllocation` opens a pool only to the namespaces and Service labels it names. */
export const somePoolIsForTheService = refusalCheck({
  id: 'MLB-A04',
  asks: 'Is any pool open to the Service?',
  cause: 'pool-not-for-service',
  reasons: ['pool-not-for-service'],
  groupOf: ({ suspect, reason }) =>
    `${suspect.service.metadata.namespace} ${reason.pools.join(' ')}`,
  tell: ({ suspect, reason }, model, facts) => {
    const namespace = suspect.service.metadata.namespace ?? 'default';
    const says = sayingOf(reason.pools, suspect.answer.pools);
    return {
      says,
      many: says,
      details: [
        ...poolLines(suspect.answer.pools, {
          pools: facts.ipAddressPools,
          usages: model.usages,
          facts,
        }),
        `${suspect.key} is in namespace ${namespace}, labels ${labelsText(suspect.service.metadata.labels)}`,
      ],
      suggests: [
        ...reason.pools
          .slice(0, 2)
          .map((pool) =>
            editPool(pool, `let ${namespace} in: serviceAllocation of ${pool}`, model),
          ),
        {
          says: 'see the labels the selectors look at',
          command: kubectl`get namespace ${namespace} --show-labels`,
          mutates: false,
        },
      ],
    };
  },
});

/** A pool with a priority and no selector is reserved for nobody, and given to nobody. */
function sayingOf(pools: readonly string[], reports: readonly PoolVerdict[]): string {
  const names = pools.join(', ');
  const isUnused = pools.every((pool) =>
    reports.some(
      ({ pool: each, verdict }) =>
        each === pool &&
        !verdict.offers &&
        verdict.because.kind === 'never-automatic' &&
        verdict.because.why === 'priority-only',
    ),
  );
  return isUnused
    ? `this release never hands out of a pool whose serviceAllocation has a priority only (${names}); v0.15.0 does`
    : `every pool is reserved for other namespaces or Services (${names})`;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(',');
  return text === '' ? '(none)' : text;
}
