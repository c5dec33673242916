import type { Remedy } from '../../core/facts/finding.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';
import { holdersOf } from '../models/allocation/holders.ts';
import { holderLines, poolLines } from '../models/allocation/pool-lines.ts';
import {
  refusalCheck,
  type RefusalCase,
  type RefusalFacts,
} from '../models/allocation/refusals.ts';
import { editPool, freeIdleRemedies, namePoolRemedies } from '../models/allocation/remedies.ts';

/** MetalLB hands out the first free address of a pool that is open to the Service; a full pool gives nothing. */
export const somePoolHasRoom = refusalCheck({
  id: 'MLB-A02',
  asks: 'Has any pool the Service may use an address left?',
  cause: 'pool-exhausted',
  reasons: ['pool-exhausted'],
  groupOf: ({ reason }) => `${reason.pools.join(' ')} ${reason.family}`,
  tell: (found, model, facts) => {
    const { pools } = found.reason;
    const [only] = pools;
    const subjectOfFault =
      only === undefined
        ? {}
        : { about: { kind: 'IPAddressPool', namespace: model.namespace, name: only } };
    return {
      ...subjectOfFault,
      says:
        pools.length === 1
          ? `the only pool it may use, ${only}, is full`
          : `every pool it may use is full: ${pools.join(', ')}`,
      many:
        pools.length === 1
          ? `the only pool they may use, ${only}, is full`
          : `every pool they may use is full: ${pools.join(', ')}`,
      details: [
        ...poolLines(found.suspect.answer.pools, {
          pools: facts.ipAddressPools,
          usages: model.usages,
          facts,
        }),
        ...model.usages.filter((usage) => pools.includes(usage.pool)).flatMap(holderLines),
      ],
      suggests: remedies(found, model, facts),
    };
  },
});

/** Any of them helps, and who is to widen one may have no say in another. */
const widenedAtMost = 2;

function remedies(
  { suspect, reason }: RefusalCase<'pool-exhausted'>,
  model: AllocationModel,
  facts: RefusalFacts,
): readonly Remedy[] {
  const holders = model.usages
    .filter((usage) => reason.pools.includes(usage.pool))
    .flatMap((usage) => holdersOf(usage, facts));
  const manual = suspect.answer.pools.flatMap(({ pool, verdict }) =>
    !verdict.offers && verdict.because.kind === 'auto-assign-off' ? [pool] : [],
  );
  const { announced, unannounced } = namePoolRemedies(suspect.service, manual, { model, facts });
  return [
    ...announced,
    ...reason.pools
      .slice(0, widenedAtMost)
      .map((pool) =>
        editPool(pool, `widen ${pool}, if the network has more addresses for it`, model),
      ),
    ...freeIdleRemedies(holders, facts.takenAt),
    ...unannounced,
  ];
}
