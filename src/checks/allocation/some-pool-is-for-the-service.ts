import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { poolLines } from '../models/pool-lines.ts';
import { refusalCheck } from '../models/refusals.ts';
import { editPool } from '../models/remedies.ts';

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
    return {
      says: `every pool is reserved for other namespaces or Services (${reason.pools.join(', ')})`,
      many: `every pool is reserved for other namespaces or Services (${reason.pools.join(', ')})`,
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

function labelsText(labels: Readonly<Record<string, string>>): string {
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(',');
  return text === '' ? '(none)' : text;
}
