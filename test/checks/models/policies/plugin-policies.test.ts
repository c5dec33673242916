import { describe, expect, test } from 'vitest';
import type { Sender } from '../../../../src/checks/models/policies/matching.ts';
import { pluginPoliciesOn } from '../../../../src/checks/models/policies/plugin-policies.ts';
import { materialFrom, factsFrom } from '../../../../src/core/diagnosis/material.ts';
import { parseAddress } from '../../../../src/core/facts/ip.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aBackend, aPolicy, anAgent } from '../../../builders/backends.ts';
import {
  calicoGlobalPolicy,
  calicoPolicy,
  ciliumClusterwidePolicy,
  ciliumPolicy,
} from '../../../builders/plugin-policies.ts';

const family = 'ipv4';
const client = (text: string): Sender => ({ kind: 'client', address: parseAddress(text), family });
const anybody: Sender = { kind: 'client', address: undefined, family };
const anybodyOfIPv6: Sender = { ...anybody, family: 'ipv6' };
const node: Sender = { kind: 'node', addresses: [parseAddress('10.0.0.1') ?? []].flat(), family };
const pod = aBackend('shop/web-1');
const http = { port: 8080, protocol: 'TCP' };
const everything = aSnapshot().with('daemonSets', anAgent('calico-node'), anAgent('cilium'));
const isPlain = { podSelector: { matchLabels: {}, matchExpressions: [] } };

function outcomes(builder: typeof everything, sender: Sender = anybody, port = http) {
  const helps = [
    'calicoNetworkPolicies',
    'calicoGlobalNetworkPolicies',
    'ciliumNetworkPolicies',
    'ciliumClusterwideNetworkPolicies',
    'daemonSets',
    'namespaces',
  ] as const;
  const facts = factsFrom(materialFrom(builder.build()), ['networkPolicies'], helps);
  return pluginPoliciesOn(pod, facts.networkPolicies, facts).map(({ outcomes: of }) =>
    [...of(port)(sender)].toSorted().join(' or '),
  );
}

const calico = (...specs: readonly object[]) =>
  everything.with(
    'calicoGlobalNetworkPolicies',
    ...specs.map((spec, index) => calicoGlobalPolicy(`p${index}`, spec)),
  );
const cilium = (...specs: readonly object[]) =>
  everything.with(
    'ciliumClusterwideNetworkPolicies',
    ...specs.map((spec, index) => ciliumClusterwidePolicy(`p${index}`, spec)),
  );
const allow = (more: object) => ({ action: 'Allow', protocol: 'TCP', ...more });

describe('Calico', () => {
  test('asks by order and stops at the first that takes the packet', () => {
    const two = (first: number, second: number | undefined) =>
      calico(
        { order: first, ingress: [{ action: 'Deny' }] },
        { order: second, ingress: [allow({})] },
      );
    expect(outcomes(two(1, 2))).toEqual(['deny']);
    expect(outcomes(two(2, 1))).toEqual(['allow']);
    expect(outcomes(two(5_000, undefined))).toEqual(['deny']);
  });

  test('asks NetworkPolicies of Kubernetes at the order 1000', () => {
    const denying = (order: number) =>
      calico({ order, ingress: [{ action: 'Deny' }] }).with(
        'networkPolicies',
        aPolicy('shop/all', [{ from: [], ports: [] }]),
      );
    expect(outcomes(denying(999))).toEqual(['deny']);
    expect(outcomes(denying(1001))).toEqual(['allow']);
  });

  test('which comes first of two with the order 1000 cannot be told', () => {
    const denying = calico({ order: 1000, ingress: [{ action: 'Deny' }] });
    expect(outcomes(denying)).toEqual(['deny']);
    expect(
      outcomes(denying.with('networkPolicies', aPolicy('shop/all', [{ from: [], ports: [] }]))),
    ).toEqual(['allow or deny']);
  });

  test('a range of one family is nobody of the other', () => {
    const only = (rule: object) => calico({ ingress: [rule, { action: 'Allow' }] });
    const net = (...nets: readonly string[]) => only({ action: 'Deny', source: { nets } });
    expect(outcomes(net('::/0'))).toEqual(['allow']);
    expect(outcomes(net('::/0'), anybodyOfIPv6)).toEqual(['deny']);
    expect(outcomes(net('0.0.0.0/0', '::/0'))).toEqual(['deny']);
    expect(outcomes(only({ action: 'Deny', ipVersion: 6 }))).toEqual(['allow']);
    expect(outcomes(only({ action: 'Deny', ipVersion: 6 }), anybodyOfIPv6)).toEqual(['deny']);
  });

  test('drops what no rule takes, and nothing of what only leaves', () => {
    expect(outcomes(calico({ types: ['Ingress', 'Egress'] }))).toEqual(['deny']);
    expect(outcomes(calico({ types: ['Egress'], egress: [{ action: 'Allow' }] }))).toEqual([]);
    expect(outcomes(calico({ selector: "app == 'db'" }))).toEqual([]);
    expect(outcomes(calico({ preDNAT: true, applyOnForward: true }))).toEqual([]);
  });

  test('lets what it passes on in when no tier follows', () => {
    expect(outcomes(calico({ ingress: [{ action: 'Pass' }] }))).toEqual(['allow']);
  });

  test.each<[object, string[], string[], string[]]>([
    [{ source: { nets: ['192.168.0.0/16'] } }, ['allow'], ['deny'], ['allow or deny']],
    [{ source: { nets: ['::/0'] } }, ['deny'], ['deny'], ['deny']],
    [{ source: { notNets: ['192.168.0.0/16'] } }, ['deny'], ['allow'], ['allow or deny']],
    [{ source: { serviceAccounts: { names: ['a'] } } }, ['deny'], ['deny'], ['deny']],
    [
      { source: { namespaceSelector: 'all()' } },
      ['allow or deny'],
      ['allow or deny'],
      ['allow or deny'],
    ],
    [{ destination: { ports: [80, '8080:8090'] } }, ['allow'], ['allow'], ['allow']],
    [{ destination: { ports: ['http'] } }, ['allow'], ['allow'], ['allow']],
    [{ destination: { ports: [9090] } }, ['deny'], ['deny'], ['deny']],
    [{ protocol: 'UDP' }, ['deny'], ['deny'], ['deny']],
    [{ protocol: 6 }, ['allow'], ['allow'], ['allow']],
    [{ http: { methods: ['GET'] } }, ['allow or deny'], ['allow or deny'], ['allow or deny']],
  ])('a rule that allows %j', (rule, inside, outside, whoever) => {
    const policy = calico({ ingress: [allow(rule)] });
    expect(outcomes(policy, client('192.168.7.7'))).toEqual(inside);
    expect(outcomes(policy, client('172.16.0.9'))).toEqual(outside);
    expect(outcomes(policy)).toEqual(whoever);
  });

  test('another tier may drop or pass on what none of its rules takes', () => {
    const tier = { tier: 'security', ingress: [{ action: 'Allow', protocol: 'UDP' }] };
    expect(outcomes(calico(tier))).toEqual(['allow or deny']);
    expect(outcomes(calico({ tier: 'security', ingress: [{ action: 'Deny' }] }))).toEqual(['deny']);
    expect(outcomes(calico({ ...tier, ingress: [{ action: 'Pass' }] }))).toEqual(['allow']);
    expect(
      outcomes(calico({ ...tier, ingress: [{ action: 'Pass' }] }, { types: ['Ingress'] })),
    ).toEqual(['deny']);
  });

  test('a policy of another namespace is about other pods', () => {
    const policy = (key: string) =>
      everything.with('calicoNetworkPolicies', calicoPolicy(key, { types: ['Ingress'] }));
    expect(outcomes(policy('other/default.all'))).toEqual([]);
    expect(outcomes(policy('shop/default.all'))).toEqual(['deny']);
  });

  test('labels of a namespace that was not read leave it open', () => {
    expect(outcomes(calico({ namespaceSelector: "env == 'live'", types: ['Ingress'] }))).toEqual([
      'allow or deny',
    ]);
  });
});

const toAll = { endpointSelector: {} };

describe('Cilium', () => {
  test.each([
    [[{}], ['deny'], ['deny']],
    [[{ fromEndpoints: [{}] }], ['allow or deny'], ['allow or deny']],
    [[{ fromEndpoints: [{ matchLabels: { app: 'ingress' } }] }], ['deny'], ['deny']],
    [[{ fromEndpoints: [] }], ['deny'], ['deny']],
    [
      [{ fromEndpoints: [{ matchLabels: { 'reserved:world': '' } }] }],
      ['allow or deny'],
      ['allow or deny'],
    ],
    [
      [
        {
          fromEndpoints: [
            {
              matchExpressions: [
                { key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['test'] },
              ],
            },
          ],
        },
      ],
      ['allow or deny'],
      ['allow or deny'],
    ],
    [[{ fromEntities: ['world-ipv6'] }], ['deny'], ['allow or deny']],
    [[{ fromEntities: ['world-ipv4'] }], ['allow'], ['allow or deny']],
    [[{ fromCIDR: ['::/0'] }], ['deny'], ['deny']],
    [[{ fromCIDR: ['::/0', '0.0.0.0/0'] }], ['allow'], ['allow or deny']],
    [[{ fromEntities: ['world'], toPorts: [] }], ['allow'], ['allow or deny']],
    [[{ fromEntities: ['all'] }], ['allow'], ['allow']],
    [[{ fromEntities: ['world'] }], ['allow'], ['allow or deny']],
    [[{ fromEntities: ['cluster'] }], ['deny'], ['allow or deny']],
    [[{ fromEntities: ['health', 'ingress'] }], ['deny'], ['deny']],
    [[{ fromCIDR: ['0.0.0.0/0'] }], ['allow'], ['allow or deny']],
    [
      [{ fromCIDRSet: [{ cidr: '192.168.0.0/16', except: ['192.168.7.0/24'] }] }],
      ['allow or deny'],
      ['deny'],
    ],
    [[{ fromCIDRSet: [{ cidrGroupRef: 'office' }] }], ['allow or deny'], ['allow or deny']],
    [[{ toPorts: [{ ports: [{ port: '8080' }] }] }], ['allow'], ['allow']],
    [
      [{ toPorts: [{ ports: [{ port: '8000', endPort: 8100, protocol: 'TCP' }] }] }],
      ['allow'],
      ['allow'],
    ],
    [[{ toPorts: [{ ports: [{ port: '0', protocol: 'ANY' }] }] }], ['allow'], ['allow']],
    [[{ toPorts: [{ ports: [{ port: '8080', protocol: 'UDP' }] }] }], ['deny'], ['deny']],
    [[{ fromEntities: ['world'], toPorts: [{ ports: [{ port: '9090' }] }] }], ['deny'], ['deny']],
    [[{ fromGroups: [{}] }], ['allow or deny'], ['allow or deny']],
  ])('rules %j', (ingress, ofAnybody, ofNode) => {
    expect(outcomes(cilium({ ...toAll, ingress }))).toEqual(ofAnybody);
    expect(outcomes(cilium({ ...toAll, ingress }), node)).toEqual(ofNode);
  });

  test('a named client is in a range or not', () => {
    const policy = cilium({ ...toAll, ingress: [{ fromCIDR: ['192.168.0.0/16'] }] });
    expect(outcomes(policy, client('192.168.7.7'))).toEqual(['allow']);
    expect(outcomes(policy, client('172.16.0.9'))).toEqual(['deny']);
  });

  test('rules without a default deny, none at all, and policies for nodes drop nothing', () => {
    const open = { ...toAll, enableDefaultDeny: { ingress: false } };
    expect(outcomes(cilium({ ...open, ingress: [{ fromEntities: ['health'] }] }))).toEqual([
      'allow',
    ]);
    expect(outcomes(cilium({ ...toAll, ingress: [], egress: [{}] }))).toEqual([]);
    expect(outcomes(cilium({ nodeSelector: {}, ingress: [{}] }))).toEqual([]);
  });

  test('what a NetworkPolicy of Kubernetes allows is allowed, and it denies the rest too', () => {
    const both = (policy: ReturnType<typeof cilium>, ingress: Parameters<typeof aPolicy>[1]) =>
      outcomes(policy.with('networkPolicies', aPolicy('shop/web', ingress, isPlain)));
    expect(both(cilium({ ...toAll, ingress: [{}] }), [{ from: [], ports: [] }])).toEqual(['allow']);
    const open = {
      ...toAll,
      enableDefaultDeny: { ingress: false },
      ingress: [{ fromEntities: ['health'] }],
    };
    expect(both(cilium(open), [])).toEqual(['deny']);
  });

  test('endpoints without labels are those of the namespace in a policy of one', () => {
    const policy = ciliumPolicy('shop/web', { ...toAll, ingress: [{ fromEndpoints: [{}] }] });
    expect(outcomes(everything.with('ciliumNetworkPolicies', policy))).toEqual(['deny']);
  });

  test.each([
    ['io.kubernetes.pod.namespace', 'NotIn', ['allow or deny']],
    ['any:io.cilium.k8s.namespace.labels.env', 'DoesNotExist', ['allow or deny']],
    ['io.kubernetes.pod.namespace', 'In', ['deny']],
    ['k8s:app', 'NotIn', ['deny']],
  ])('in a policy of a namespace endpoints by %s %s', (key, operator, expected) => {
    const fromEndpoints = [{ matchExpressions: [{ key, operator, values: ['test'] }] }];
    const policy = ciliumPolicy('shop/web', { ...toAll, ingress: [{ fromEndpoints }] });
    expect(outcomes(everything.with('ciliumNetworkPolicies', policy))).toEqual(expected);
  });

  test('several specs of one policy count together', () => {
    const policy = {
      ...ciliumPolicy('shop/web', { ...toAll, ingress: [{}] }),
    };
    const more = ciliumPolicy('shop/more', { ...toAll, ingress: [{ fromEntities: ['all'] }] });
    expect(
      outcomes(
        everything.with('ciliumNetworkPolicies', {
          ...policy,
          specs: [...policy.specs, ...more.specs],
        }),
      ),
    ).toEqual(['allow']);
  });

  test.each([
    [{ matchLabels: { 'k8s:app': 'web' } }, ['deny']],
    [{ matchLabels: { 'any:app': 'db' } }, []],
    [
      {
        matchExpressions: [
          { key: 'io.kubernetes.pod.namespace', operator: 'NotIn', values: ['shop'] },
        ],
      },
      [],
    ],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, ['deny']],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, []],
    [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.env': 'live' } }, ['allow or deny']],
    [{ matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'web' } }, ['allow or deny']],
  ])('the selector %j', (endpointSelector, expected) => {
    expect(outcomes(cilium({ endpointSelector, ingress: [{}] }))).toEqual(expected);
  });
});

test('policies of a plugin that does not run are left over', () => {
  const left = cilium({ ...toAll, ingress: [{}] }).with(
    'calicoGlobalNetworkPolicies',
    calicoGlobalPolicy('all', {}),
  );
  expect(outcomes(left)).toEqual(['deny', 'deny']);
  expect(outcomes(left.with('daemonSets', anAgent('kindnet')))).toEqual([]);
});
