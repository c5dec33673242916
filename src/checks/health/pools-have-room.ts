import { defineCheck } from '../../core/diagnosis/check.ts';
import { type AllocationFacts, allocationOf } from '../models/allocation/allocation.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../models/configuration/configuration.ts';
import { holdersOf } from '../models/allocation/holders.ts';
import { rangesOf, takenText, total } from '../models/allocation/pool-lines.ts';
import { allocationHelps } from '../models/allocation/refusals.ts';
import { editPool, freeIdleRemedies } from '../models/allocation/remedies.ts';
import { suspectsIn } from '../models/allocation/suspects.ts';
import { workedOut } from '../models/seen.ts';

const leastSize = 5n;
const tenth = 10n;

/** A full pool refuses the next Service. */
export const poolsHaveRoom = defineCheck({
  id: 'MLB-H05',
  asks: 'Have the pools room for a few more Services?',
  symptoms: ['health'],
  causes: ['pool-nearly-full'],
  needs: ['services', 'ipAddressPools'],
  helps: allocationHelps,
  alsoNeeds: namespacesIfSelected,
  skipWhen: noPoolsToJudge,
  run: (facts) => {
    const model = allocationOf(facts);
    const refusing = poolsThatRefuse(facts);
    return (model?.usages ?? []).flatMap((usage) => {
      const { usable, free } = total(usage);
      if (
        model === undefined ||
        refusing.has(usage.pool) ||
        usable < leastSize ||
        free * tenth > usable
      ) {
        return [];
      }
      const about = { kind: 'IPAddressPool', namespace: model.namespace, name: usage.pool };
      const taken = takenText(usage, facts);
      return [
        {
          cause: 'pool-nearly-full',
          severity: 'warning' as const,
          about,
          affects: [],
          says:
            free === 0n
              ? `pool ${usage.pool} is full`
              : `pool ${usage.pool} is nearly full: ${free} left`,
          details: [`${usage.pool}  ${rangesOf(usage.pool, facts.ipAddressPools)}  ${taken}`],
          because: [workedOut(about, 'metallb allocator: capacity', taken)],
          suggests: [
            ...freeIdleRemedies(holdersOf(usage, facts), facts.takenAt),
            editPool(usage.pool, `widen ${usage.pool}`, model),
          ],
        },
      ];
    });
  },
});

/** Pools that pending Services already suffer from are told by other checks. */
function poolsThatRefuse(facts: AllocationFacts): ReadonlySet<string> {
  return new Set(
    suspectsIn(facts, undefined).flatMap(({ answer }) => {
      const reason = answer.outcome === 'refused' ? answer.reason : undefined;
      if (reason?.kind === 'pool-exhausted') {
        return reason.pools;
      }
      return reason?.kind === 'requested-pool-exhausted' ? [reason.pool] : [];
    }),
  );
}
