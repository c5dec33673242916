import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';
import { poolLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck, type RefusalFacts } from '../models/allocation/refusals.ts';
import { trialOf } from '../models/allocation/trial.ts';

/** Both addresses of a dual-stack Service come from one pool. */
export const onePoolHasBothFamilies = refusalCheck({
  id: 'MLB-A07',
  asks: 'Has one pool room for both families?',
  cause: 'no-dual-stack-pool',
  reasons: ['no-dual-stack-pool', 'requested-pool-lacks-family'],
  groupOf: ({ reason }) => reason.kind,
  tell: ({ suspect, reason }, model, facts) => {
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
        ...oneFamily(suspect.service, model, facts),
      ],
    };
  },
});

/** What makes MetalLB content with one family: a policy that it falls back under, or a Service of one family. */
function oneFamily(
  service: Service,
  model: AllocationModel,
  facts: RefusalFacts,
): readonly Remedy[] {
  const { namespace = 'default', name } = service.metadata;
  const { settlesForOneFamily } = model.behaviour;
  const isPreferring = service.spec.ipFamilyPolicy === 'PreferDualStack';
  if (settlesForOneFamily && !isPreferring) {
    return [
      {
        says: 'be content with one family (PreferDualStack falls back since v0.14.9)',
        command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}'`,
        mutates: true,
      },
    ];
  }
  const upgrade: Remedy = {
    says: 'go to v0.14.9 or later, where PreferDualStack is content with one family',
    mutates: true,
  };
  return [
    ...singleFamily(service, model, facts),
    ...(isPreferring && !settlesForOneFamily ? [upgrade] : []),
  ];
}

/** Kubernetes keeps the first cluster IP then and frees the second; the first family of a Service never changes. */
function singleFamily(
  service: Service,
  model: AllocationModel,
  facts: RefusalFacts,
): readonly Remedy[] {
  const { namespace = 'default', name } = service.metadata;
  const [kept = '', ...dropped] = service.spec.clusterIPs;
  const spec = { ...service.spec, clusterIPs: [kept], ipFamilyPolicy: 'SingleStack' as const };
  const trial = trialOf(model.answerFor({ ...service, spec }), facts);
  return trial.works
    ? [
        {
          says: `give up the second family: Kubernetes keeps cluster IP ${kept} and frees ${dropped.join(', ')}; it gets ${trial.gets} then`,
          command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"ipFamilyPolicy":"SingleStack"}}'`,
          mutates: true,
        },
      ]
    : [];
}
