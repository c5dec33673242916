import { poolLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool, namePoolRemedies } from '../models/allocation/remedies.ts';

/** MetalLB hands out addresses unasked only from pools with autoAssign. */
export const somePoolIsAutomatic = refusalCheck({
  id: 'MLB-A03',
  asks: 'Can any pool hand out an address unasked?',
  cause: 'only-manual-pools',
  reasons: ['only-manual-pools'],
  groupOf: ({ reason }) => reason.pools.join(' '),
  tell: ({ suspect, reason }, model, facts) => {
    const choices = namePoolRemedies(suspect.service, reason.pools, { model, facts });
    return {
      says: `it names no pool, and no pool open to it hands out addresses unasked (autoAssign is false)`,
      many: `they name no pool, and no pool open to them hands out addresses unasked (autoAssign is false)`,
      details: poolLines(suspect.answer.pools, {
        pools: facts.ipAddressPools,
        usages: model.usages,
        facts,
      }),
      suggests: [
        ...choices.announced,
        ...reason.pools
          .slice(0, 1)
          .map((pool) =>
            editPool(
              pool,
              `set autoAssign: true on ${pool}, for every Service that asks for nothing`,
              model,
            ),
          ),
        ...choices.unannounced,
      ],
    };
  },
});
