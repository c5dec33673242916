import { total } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool } from '../models/allocation/remedies.ts';

/** A range between two families is accepted and holds nothing (every version up to v0.16.1). */
export const somePoolHasAddresses = refusalCheck({
  id: 'MLB-A29',
  asks: 'Does the pool the Service may use contain any address?',
  cause: 'pool-without-addresses',
  reasons: ['pool-exhausted', 'requested-pool-exhausted', 'requested-pool-lacks-family'],
  groupOf: ({ reason }) => namesIn(reason).join(' '),
  tell: ({ reason, suspect }, model, facts) => {
    const pools = namesIn(reason);
    const [only = ''] = pools;
    const which =
      pools.length === 1 ? `pool ${only} contains` : `pools ${pools.join(', ')} contain`;
    return {
      about: { kind: 'IPAddressPool', namespace: model.namespace, name: only },
      says: `${which} no address that could be handed out`,
      many: `${which} no address that could be handed out`,
      details: [
        ...facts.ipAddressPools
          .filter(({ metadata }) => pools.includes(metadata.name))
          .map(({ metadata, spec }) => `${metadata.name}: ${spec.addresses.join(', ')}`),
        'a range whose two ends are of different families is accepted and holds nothing',
        ...(suspect.answer.message === undefined
          ? []
          : [`MetalLB only says "${suspect.answer.message}", as of a full pool`]),
        ...model.usages
          .filter((usage) => !pools.includes(usage.pool) && total(usage).free > 0n)
          .map((usage) => `${usage.pool} has ${total(usage).free} free, but not for this Service`),
      ],
      suggests: [editPool(only, `write a range of one family into ${only}`, model)],
    };
  },
});

type EmptyReason =
  | { readonly kind: 'pool-exhausted'; readonly pools: readonly string[] }
  | {
      readonly kind: 'requested-pool-exhausted' | 'requested-pool-lacks-family';
      readonly pool: string;
    };

function namesIn(reason: EmptyReason): readonly string[] {
  return reason.kind === 'pool-exhausted' ? reason.pools : [reason.pool];
}
