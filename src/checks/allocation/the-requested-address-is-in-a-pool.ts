import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { IpAddress } from '../../core/facts/ip.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { nearestPool, typoOf } from '../models/allocation/near.ts';
import { freeLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';

/** A requested address must lie in a pool, and two of them in the same one. */
export const theRequestedAddressIsInAPool = refusalCheck({
  id: 'MLB-A15',
  asks: 'Is the requested address in a pool?',
  cause: 'requested-address-outside-pools',
  reasons: ['requested-address-outside-pools'],
  groupOf: ({ suspect }) => suspect.key,
  tell: ({ suspect, reason }, model, facts) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const pools = configurationOf(facts)?.pools ?? [];
    const requested = reason.requested.join(', ');
    const says =
      reason.outside.length === 0
        ? `the requested addresses ${requested} are in two different pools`
        : `the requested address ${reason.outside.join(', ')} is in no pool`;
    return {
      says,
      many: says,
      details: [
        ...reason.outside.flatMap((address) => hints(address, pools)),
        ...freeLines(model.usages, facts.ipAddressPools),
      ],
      suggests: [
        {
          says: 'correct the request, drop it, or widen a pool',
          command: kubectl`-n ${namespace} edit service ${name}`,
          mutates: true,
        },
      ],
    };
  },
});

const fewSteps = 16n;

function hints(address: IpAddress, pools: readonly Pool[]): readonly string[] {
  const near = nearestPool(address, pools);
  const typo = typoOf(address, pools);
  return [
    ...(near !== undefined && near.distance <= fewSteps
      ? [`${address} is ${near.distance} ${near.says} of pool ${near.pool}`]
      : []),
    ...(typo === undefined ? [] : [`perhaps ${typo} was meant: one keystroke away`]),
  ];
}
