import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/diagnosis/judge.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import { parseAddress } from '../../../src/core/facts/ip.ts';
import type { ConfigMap, Service } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import { aNode } from '../../builders/some-objects.ts';
import { segment } from '../answer/traffic.ts';
import { checkOf, serviceIn, told } from '../case.ts';
import { kubeProxy } from '../layer2-scenes.ts';

function service(local: boolean): Service {
  const made = aService('shop/checkout', { ip: '10.4.11.3', local });
  return { ...made, spec: { ...made.spec, healthCheckNodePort: 31_999 } };
}

/** n1 and n2 have an endpoint, n3 has none; pods of n3 are in 10.244.3.0/24. */
function toldTo(client: string, local: boolean, proxy?: ConfigMap) {
  const n3 = aNode('n3', '10.4.11.103');
  const builder = segment
    .with('services', service(local))
    .with('nodes', aNode('n1', '10.4.11.101'), aNode('n2', '10.4.11.102'), {
      ...n3,
      spec: { ...n3.spec, podCIDRs: ['10.244.3.0/24'] },
    })
    .with('configMaps', ...(proxy === undefined ? [] : [proxy]));
  const snapshot = builder.build();
  const material = materialFrom(snapshot, parseAddress(client));
  return told(judge(checkOf('MLB-D16'), material, serviceIn(snapshot, 'shop/checkout')).verdict);
}

const ipvs = kubeProxy('mode: ipvs\nipvs:\n  strictARP: true\n');
const iptables = kubeProxy('mode: iptables\n');

describe('policy Local, and the client is a node without an endpoint', () => {
  test('in mode ipvs it may not get in, and every node can be asked what it knows', () => {
    expect(toldTo('10.4.11.103', true, ipvs)).toEqual([
      {
        cause: 'tried-from-a-node-without-endpoint',
        severity: 'warning',
        about: 'Service shop/checkout',
        affects: ['shop/checkout'],
        says: '10.4.11.103 is node n3, which has no endpoint of shop/checkout: with externalTrafficPolicy Local it may not get in, whatever clients outside do',
        details: [
          'its endpoints are on n1, n2',
          'kube-proxy runs in mode ipvs, in which a node sends what it and its pods have for the address to its own endpoints and nowhere else',
        ],
        because: [
          'field: spec.externalTrafficPolicy is Local',
          'field: status.addresses is 10.4.11.103',
        ],
        against: [],
        commands: [
          'undefined',
          'for n in 10.4.11.101 10.4.11.102 10.4.11.103; do curl -gsm 3 -o /dev/null -w "$n %{http_code}\\n" "http://$n:31999/healthz"; done',
        ],
      },
    ]);
  });

  test('nor a pod on it, where the mode is not known', () => {
    const [found] = [toldTo('10.244.3.17', true)].flat();
    expect(found).toMatchObject({
      cause: 'tried-from-a-node-without-endpoint',
      severity: 'warning',
      says: '10.244.3.17 is a pod on node n3, which has no endpoint of shop/checkout: with externalTrafficPolicy Local it may not get in, whatever clients outside do',
    });
  });

  test('in mode iptables it gets in all the same', () => {
    expect(toldTo('10.4.11.103', true, iptables)).toMatchObject({ verdict: 'pass' });
  });

  test('and one with an endpoint always does', () => {
    expect(toldTo('10.4.11.101', true, ipvs)).toMatchObject({ verdict: 'pass' });
  });
});

test('a client outside, or another policy, is no news', () => {
  expect(toldTo('10.4.11.200', true, ipvs)).toMatchObject({ verdict: 'skipped' });
  expect(toldTo('10.4.11.103', false, ipvs)).toMatchObject({ verdict: 'skipped' });
});
