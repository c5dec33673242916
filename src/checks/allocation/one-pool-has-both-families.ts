import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { poolLines } from '../models/pool-lines.ts';
import { refusalCheck } from '../models/refusals.ts';

/** Both addresses of a dual-stack Service come from one pool. */
export const onePoolHasBothFamilies = refusalCheck({
  id: 'MLB-A07',
  asks: 'Has one pool room for both families?',
  cause: 'no-dual-stack-pool',
  reasons: ['no-dual-stack-pool', 'requested-pool-lacks-family'],
  groupOf: ({ reason }) => reason.kind,
  tell: ({ suspect, reason }, model, facts) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const policy = suspect.service.spec.ipFamilyPolicy ?? 'SingleStack';
    const where =
      reason.kind === 'requested-pool-lacks-family'
        ? `pool ${reason.pool} does not have`
        : 'no single pool has';
    return {
      says: `it needs an IPv4 and an IPv6 address from one pool (${policy}), and ${where} both`,
      many: `they need an IPv4 and an IPv6 address from one pool, and ${where} both`,
      details: poolLines(suspect.answer.pools, {
        pools: facts.ipAddressPools,
        usages: model.usages,
        facts,
      }),
      suggests: [
        {
          says: 'put ranges of both families into one pool',
          command: kubectl`-n ${model.namespace} edit ipaddresspools.metallb.io`,
          mutates: true,
        },
        {
          says: 'be content with one family (PreferDualStack falls back since v0.14.9)',
          command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}'`,
          mutates: true,
        },
      ],
    };
  },
});
