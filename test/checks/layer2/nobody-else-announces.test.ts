import { expect, test } from 'vitest';
import type { Pod, Workload } from '../../../src/core/facts/kube-objects.ts';
import { aBackend } from '../../builders/backends.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { named } from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';
import { announced } from '../layer2-scenes.ts';
import { askedOf, segment } from '../answer/traffic.ts';
import { checkout, statusFrom } from '../models/announcing/facts.ts';

function told(name: string, env: Readonly<Record<string, string>>): Workload {
  const base = aWorkload('speaker');
  return {
    ...base,
    kind: 'DaemonSet',
    metadata: named(name, { namespace: 'edge' }),
    spec: {
      ...base.spec,
      template: {
        ...base.spec.template,
        containers: base.spec.template.containers.map((each) => ({ ...each, env, args: [] })),
      },
    },
  };
}

const agent: Workload = {
  ...aWorkload('speaker'),
  kind: 'DaemonSet',
  metadata: named('lbnodeagent', { namespace: 'purelb' }),
};

function rivalsOf(annotations: Readonly<Record<string, string>>) {
  const { rootCauses } = askedOf(
    segment
      .with('serviceL2Statuses', statusFrom('n3'))
      .with('daemonSets', aWorkload('speaker'), agent)
      .with('services', { ...checkout, metadata: { ...checkout.metadata, annotations } }),
  );
  return rootCauses.flatMap(({ cause, says }) => (cause === 'rival-announcer' ? [says] : []));
}

test('PureLB is a rival only for addresses that its own allocator gave', () => {
  expect(rivalsOf({})).toEqual([]);
  expect(rivalsOf({ 'purelb.io/allocated-by': 'PureLB' })).toEqual([
    'PureLB runs too (purelb/lbnodeagent), and may answer for the address',
  ]);
});

function severityBeside(env: Readonly<Record<string, string>>): readonly string[] {
  const builder = announced.with('daemonSets', aWorkload('speaker'), told('keepalived', env));
  const verdict = verdictOf('MLB-L20', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail' ? verdict.findings.map(({ severity }) => severity) : [];
}

test('keepalived is a warning only where it is told to hold the address', () => {
  expect(severityBeside({})).toEqual(['info']);
  expect(severityBeside({ VIPS: '10.0.0.10,10.0.0.1' })).toEqual(['info']);
  expect(severityBeside({ VIPS: '10.0.0.7/24, 10.0.0.100/24' })).toEqual(['warning']);
});

/** The kubelet of a control plane makes it from a file. */
function staticPod(env: Readonly<Record<string, string>>): Pod {
  const pod = aBackend('kube-system/kube-vip-n1');
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ownerReferences: [{ kind: 'Node', name: 'n1', uid: 'node-n1' }],
    },
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map((each) => ({ ...each, env })),
    },
  };
}

function besidePod(env: Readonly<Record<string, string>>) {
  const builder = announced.with('pods', aPod('controller'), aPod('speaker'), staticPod(env));
  const verdict = verdictOf('MLB-L20', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail'
    ? verdict.findings.map(({ severity, says, details }) => [severity, says, details[0]])
    : [];
}

const runsToo = 'kube-vip runs too (kube-system/kube-vip-n1), and may answer for the address';

test('kube-vip is a rival as a static Pod, too', () => {
  expect(besidePod({ svc_enable: 'true', address: '10.0.0.250' })).toEqual([
    [
      'warning',
      runsToo,
      'it binds the addresses of Services to an interface of its leader, whoever gave them',
    ],
  ]);
  expect(besidePod({ svc_enable: 'false', address: '10.0.0.250' })).toEqual([]);
});

test('kube-vip that serves no Services is a rival where its own address is that of the Service', () => {
  expect(besidePod({ cp_enable: 'true', address: '10.0.0.100' })).toEqual([
    [
      'warning',
      runsToo,
      'it binds the address of the control plane to the node that leads, and is told to take this one for it',
    ],
  ]);
});

test('a DaemonSet that runs on no node is no rival', () => {
  const idle = told('kube-vip-ds', { svc_enable: 'true' });
  const beside = (desired: number) => {
    const agents = { ...idle, status: { ...idle.status, desired } };
    const builder = announced.with('daemonSets', aWorkload('speaker'), agents);
    return verdictOf('MLB-L20', builder, serviceIn(builder.build(), 'shop/search')).verdict;
  };
  expect([beside(0), beside(1)]).toEqual(['pass', 'fail']);
});

function besideNote(...daemonSets: readonly Workload[]) {
  const annotations = { 'kube-vip.io/vipHost': 'n2' };
  const { rootCauses } = askedOf(
    segment
      .with('serviceL2Statuses', statusFrom('n3'))
      .with('daemonSets', aWorkload('speaker'), ...daemonSets)
      .with('services', { ...checkout, metadata: { ...checkout.metadata, annotations } }),
  );
  return rootCauses.flatMap(({ cause, severity, says }) =>
    cause === 'rival-announcer' ? [[severity, says]] : [],
  );
}

test('a note of kube-vip on the Service is worth a word where nothing else of it was seen', () => {
  expect(besideNote()).toEqual([
    ['info', 'kube-vip noted on the Service that it announces it from n2'],
  ]);
  expect(besideNote(told('kube-vip-ds', { svc_enable: 'false' }))).toEqual([]);
});
