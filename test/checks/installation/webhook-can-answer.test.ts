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

function saysOf(...services: readonly ReturnType<typeof aService>[]) {
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('services', ...services)
    .with('validatingWebhooks', asking('metallb-system'), asking('old-lb'))
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  return rootCauses.filter(({ cause }) => cause === 'webhook-name-differs').map(({ says }) => says);
}

test('a webhook configuration left over from another installation asks nobody', () => {
  expect(saysOf(own, ofEveryCluster)).toEqual([
    `of-old-lb asks Service old-lb/metallb-webhook-service, which does not exist, so changes to MetalLB's objects will be refused`,
  ]);
});

test('Services of which some are not shown prove nothing', () => {
  expect(saysOf(own)).toEqual([]);
});
