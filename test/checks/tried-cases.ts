import type { Service } from '../../src/core/facts/kube-objects.ts';
import type { WireLook } from '../../src/core/facts/wire.ts';
import { aLook, anAttempt } from '../builders/a-look.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aBackend, aBackendSlice, anAgent, aPolicy } from '../builders/backends.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const subject = 'shop/web';
const ip = '10.0.0.100';
const endpoint = { addresses: ['10.244.1.10'], nodeName: 'n1', ready: true, serving: true };
const from = { ...aLook(ip).from, addresses: ['10.0.0.200/24', 'fd00::200/64', 'fe80::1/64'] };
const unanswered = aLook(ip, { from, ports: [anAttempt(80, 'timeout', { ms: 3_000 })] });
const open = aLook(ip, { from, ports: [anAttempt(80, 'open')] });

const tried = (look: WireLook, spec: Partial<Service['spec']> = {}) => {
  const service = aService(subject, {
    ip,
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    selector: { app: 'web' },
  });
  return aSnapshot()
    .withPool(aPool('lan', '10.0.0.100-10.0.0.119'))
    .withService({ ...service, spec: { ...service.spec, ...spec } })
    .withSlice(aBackendSlice(subject, { endpoints: [endpoint] }))
    .with('pods', aPod('controller'), aBackend('shop/web-1'))
    .with('daemonSets', aWorkload('speaker'), anAgent('calico-node'))
    .withSnapshot({ wire: [look] });
};
const policy = (cidr: string) =>
  aPolicy('shop/clients', [{ from: [{ ipBlock: { cidr, except: [] } }], ports: [] }]);
const toPods = aPolicy('shop/from-pods', [
  { from: [{ podSelector: { matchLabels: {}, matchExpressions: [] } }], ports: [] },
]);

/** What keeps out the very host that tried it, and got no answer. */
export const triedCases: readonly CheckCase[] = [
  {
    check: 'MLB-D09',
    title: 'the host that tried it has an address of each family, and is outside the ranges of one',
    sick: tried(unanswered, { loadBalancerSourceRanges: ['198.18.0.0/15'] }),
    healthy: tried(unanswered, { loadBalancerSourceRanges: ['0.0.0.0/0'] }),
    subject,
  },
  {
    check: 'MLB-D09',
    title: 'the host that tried it is outside the ranges, and got in',
    sick: tried(open, { loadBalancerSourceRanges: ['198.18.0.0/15'] }),
    healthy: tried(open, { loadBalancerSourceRanges: ['0.0.0.0/0'] }),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'the host that tried it is outside the ranges of a policy, and pods see the client',
    sick: tried(unanswered, { externalTrafficPolicy: 'Local' }).with(
      'networkPolicies',
      policy('192.168.0.0/16'),
    ),
    healthy: tried(unanswered, { externalTrafficPolicy: 'Local' }),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'only pods are let in, and the host that tried it got no answer',
    sick: tried(unanswered).with('networkPolicies', toPods),
    healthy: tried(unanswered),
    subject,
  },
];
