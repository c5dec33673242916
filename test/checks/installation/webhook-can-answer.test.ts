import { expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import type { Read } from '../../../src/core/facts/reading.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool, named } from '../../builders/some-objects.ts';

const asking = (namespace: string) => ({
  kind: 'ValidatingWebhookConfiguration' as const,
  metadata: named(`of-${namespace}`),
  webhooks: [
    {
      name: 'ipaddresspoolvalidationwebhook.metallb.io',
      failurePolicy: 'Fail',
      service: { namespace, name: 'metallb-webhook-service' },
      hasCaBundle: true,
      rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
    },
  ],
});
const clusterIP = { type: 'ClusterIP' };
const own = aService('metallb-system/metallb-webhook-service', clusterIP);
const ofEveryCluster = aService('default/kubernetes', clusterIP);

const live = { calls: 15, lists: 15, logs: 0, bytes: 0, ms: 0 };
const fromADump = { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 };
const both = [asking('metallb-system'), asking('old-lb')];

function diagnosed(
  receipt: typeof live,
  configurations: typeof both,
  services: Partial<Read<Service>>,
) {
  const { readings, ...rest } = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('validatingWebhooks', ...configurations)
    .withSnapshot({ receipt })
    .build();
  const reading = { state: 'read', items: [], ...services } as const;
  const snapshot = { ...rest, readings: { ...readings, services: reading } };
  return diagnose({ symptom: 'health', snapshot, subject: undefined });
}

function rootsOf(
  receipt: typeof live,
  configurations: typeof both,
  ...items: readonly ReturnType<typeof aService>[]
) {
  const { rootCauses } = diagnosed(receipt, configurations, { items });
  return rootCauses.filter(({ cause }) => cause === 'webhook-name-differs');
}

function verdictOf(receipt: typeof live, services: Partial<Read<Service>>) {
  const { verdicts, ruledOut } = diagnosed(receipt, both, services);
  const isRuledOut = ruledOut.some(({ cause }) => cause === 'webhook-name-differs');
  return [verdicts.find(({ check }) => check === 'MLB-I18')?.verdict, isRuledOut];
}

const leftOver = `of-old-lb asks Service old-lb/metallb-webhook-service, which does not exist, so changes to MetalLB's objects will be refused`;

test('a webhook configuration left over from another installation asks nobody', () => {
  const [root] = rootsOf(live, both, own, ofEveryCluster);
  expect(root?.says).toBe(leftOver);
  expect(root?.remedies[0]?.says).toContain('left over');
});

test('Services of which some are not shown prove nothing', () => {
  expect(rootsOf(live, both, own)).toEqual([]);
});

test('a list of several namespaces in a dump was asked for all of them', () => {
  const [root] = rootsOf(fromADump, both, own, ofEveryCluster);
  expect(root?.says).toBe(leftOver);
});

test('a dump of lists of one namespace each may lack this one: nothing is found, nor ruled out', () => {
  const pieced = { items: [own, ofEveryCluster], pieced: true } as const;
  expect(verdictOf(fromADump, pieced)).toEqual(['skipped', false]);
});

test('a dump with Services of one namespace only neither finds nor rules out', () => {
  expect(verdictOf(fromADump, { items: [ofEveryCluster] })).toEqual(['skipped', false]);
});

test('a dump that says which namespaces it holds neither finds nor rules out', () => {
  const confined = { items: [own, ofEveryCluster], within: ['default', 'metallb-system'] };
  expect(verdictOf(fromADump, confined)).toEqual(['skipped', false]);
});

test('what a live cluster does not show rules it out as ever', () => {
  expect(verdictOf(live, { items: [own] })).toEqual(['pass', true]);
});

test('a dump with other Services of that namespace holds them all', () => {
  const other = aService('old-lb/metrics', clusterIP);
  const [root] = rootsOf(fromADump, both, own, other, ofEveryCluster);
  expect(root?.says).toBe(leftOver);
});

test('the only webhook configuration is not to be deleted', () => {
  const [root] = rootsOf(live, [asking('old-lb')], ofEveryCluster);
  expect(root?.remedies.map(({ says }) => says).join()).not.toContain('delete');
  expect(root?.remedies[0]?.command).toBe('kubectl -n old-lb get services');
});
