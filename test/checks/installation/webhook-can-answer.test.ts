import { expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
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

function rootsOf(
  receipt: typeof live,
  configurations: typeof both,
  ...services: readonly ReturnType<typeof aService>[]
) {
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('services', ...services)
    .with('validatingWebhooks', ...configurations)
    .withSnapshot({ receipt })
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  return rootCauses.filter(({ cause }) => cause === 'webhook-name-differs');
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

test('a dump without any Service of that namespace may not hold them', () => {
  expect(rootsOf(fromADump, both, own, ofEveryCluster)).toEqual([]);
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
