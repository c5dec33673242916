import type { AllocationFacts } from '../models/allocation/allocation.ts';
import { poolCheck } from '../models/allocation/pool-check.ts';
import { rangesOf, total } from '../models/allocation/pool-lines.ts';
import { editPool } from '../models/allocation/remedies.ts';
import { suspectsIn } from '../models/allocation/suspects.ts';
import { workedOut } from '../models/seen.ts';

/** A pool may be valid and yet hold nothing that can be handed out. */
export const everyPoolHasAddresses = poolCheck({
  id: 'MLB-H07',
  asks: 'Does every pool contain an address that can be handed out?',
  cause: 'pool-without-addresses',
  run: (facts, model) =>
    isBlamedAlready(facts)
      ? []
      : model.usages
          .filter((usage) => total(usage).usable <= 0n)
          .map(({ pool }) => {
            const about = { kind: 'IPAddressPool', namespace: model.namespace, name: pool };
            const ranges = rangesOf(pool, facts.ipAddressPools);
            return {
              cause: 'pool-without-addresses',
              severity: 'warning' as const,
              about,
              affects: [],
              says: `pool ${pool} (${ranges}) contains no address that could be handed out`,
              details: [
                'a range whose two ends are of different families is accepted and holds nothing; so does one that avoidBuggyIPs empties',
              ],
              because: [workedOut(about, 'metallb/internal/config: ParseCIDR', `${ranges}: empty`)],
              suggests: [editPool(pool, `write a range of one family into ${pool}`, model)],
            };
          }),
});

/** Where Services wait for such a pool, that is the finding. */
function isBlamedAlready(facts: AllocationFacts): boolean {
  return suspectsIn(facts, undefined).some(({ cause }) => cause === 'pool-without-addresses');
}
