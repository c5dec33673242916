import { expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import type { Service } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPool } from '../builders/some-objects.ts';

const count = 20_000;
/** Far more than the seconds it takes; comparing each with each takes minutes. */
const patienceMs = 60_000;

const lan = aPool('lan', '10.4.11.10/31');
const holder = aService('shop/cart', { ip: '10.4.11.10' });

function with20000(service: (index: number) => Service) {
  const services = Array.from({ length: count }, (_, index) => service(index));
  const snapshot = aSnapshot()
    .withPool(lan)
    .withService(holder, ...services)
    .build();
  return diagnose({ symptom: 'health', snapshot, subject: undefined });
}

function changed(index: number, spec: Partial<Service['spec']>): Service {
  const service = aService(`crowd-${index % 50}/s-${index}`);
  return { ...service, spec: { ...service.spec, ...spec } };
}

test.each([
  ['requested-pool-missing', (index: number) => pinnedTo(index)],
  [
    'class-not-handled',
    (index: number) => changed(index, { loadBalancerClass: `a.example/${index}` }),
  ],
  ['requested-address-held', (index: number) => changed(index, { loadBalancerIP: '10.4.11.10' })],
  [
    'external-ips-lookalike',
    (index: number) => changed(index, { type: 'ClusterIP', externalIPs: ['10.4.11.10'] }),
  ],
])(
  '20,000 Services with %s are told without comparing each with each',
  (cause, service) => {
    const found = with20000(service).rootCauses.filter((root) => root.cause === cause);
    expect(found.flatMap(({ explains }) => explains)).toHaveLength(count);
  },
  patienceMs,
);

function pinnedTo(index: number): Service {
  const service = changed(index, {});
  const annotations = { 'metallb.io/address-pool': `gone-${index}` };
  return { ...service, metadata: { ...service.metadata, annotations } };
}
