import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { parseAddress } from '../../../src/core/facts/ip.ts';
import { aService } from '../../builders/a-service.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aLook } from '../../builders/backends.ts';
import { aPool } from '../../builders/some-objects.ts';
import { serviceIn } from '../case.ts';
import { statusFrom } from '../models/announcing/facts.ts';
import { segment } from './traffic.ts';

const announced = segment.with('serviceL2Statuses', statusFrom('n3'));

function testsOf(builder: SnapshotBuilder, client?: string) {
  const snapshot = builder.build();
  const { tests } = diagnose({
    symptom: 'no-traffic',
    snapshot,
    subject: serviceIn(snapshot, 'shop/checkout'),
    client: client === undefined ? undefined : parseAddress(client),
  });
  return tests?.map(({ says, command }) => [says, command]);
}

const ping =
  'a ping of 10.4.11.3 proves nothing: kube-proxy forwards the ports of a Service, and mostly no ICMP';
const size = [
  'from the client: do packets of full size get through uncut? Otherwise connections stand and then hang (MTU)',
  'ping -c 3 -M do -s 1472 10.4.11.103',
];

describe('where nothing was found', () => {
  test('packets are followed on the announcing node, and back', () => {
    expect(testsOf(announced, '198.51.100.7')).toEqual([
      [ping, undefined],
      [
        'on n3, while a client tries: does a SYN come in (if not: the network before it), and does a SYN-ACK leave (if not: the node, or what lies behind it)?',
        'tcpdump -eni any host 10.4.11.3 and port 80',
      ],
      [
        'on n3: does the answer leave by the interface that the SYN came in by? Otherwise a firewall drops it, or the kernel drops the SYN (rp_filter 1)',
        'ip route get 198.51.100.7; sysctl net.ipv4.conf.all.rp_filter',
      ],
      size,
    ]);
  });

  test('and nobody knows the node, the command that tells its address comes first', () => {
    const tests = testsOf(announced.forbidding('nodes')) ?? [];
    expect(tests.slice(-2).map(([, command]) => command)).toEqual([
      'kubectl get nodes -o wide',
      'ping -c 3 -M do -s 1472 NODE_ADDRESS',
    ]);
  });

  test('with policy Local the kube-proxy of every node can be asked', () => {
    const made = aService('shop/checkout', { ip: '10.4.11.3', local: true });
    const local = { ...made, spec: { ...made.spec, healthCheckNodePort: 31_999 } };
    expect(testsOf(announced.with('services', local).with('serviceL2Statuses'))).toContainEqual([
      'whether the kube-proxy of each node knows of an endpoint of its own: 200 is right on n1, n2, 503 elsewhere; nothing at all is a firewall, or no kube-proxy',
      'for n in 10.4.11.101 10.4.11.102 10.4.11.103; do curl -gsm 3 -o /dev/null -w "$n %{http_code}\\n" "http://$n:31999/healthz"; done',
    ]);
  });

  test('and somebody got in, a ping that fails is nothing to go by', () => {
    const look = aLook('10.4.11.3', {
      from: {
        host: 'jump',
        interface: 'eth0',
        mac: '02:00:00:00:00:99',
        addresses: ['10.4.11.200/24'],
      },
      ports: [{ protocol: 'TCP', port: 80, outcome: 'open', ms: 1 }],
    });
    expect(testsOf(announced.withSnapshot({ wire: [look] }))).toEqual([
      [
        'TCP 80 opened from jump, so a ping of 10.4.11.3 that fails proves nothing: kube-proxy forwards the ports of a Service, and mostly no ICMP',
        undefined,
      ],
      size,
    ]);
  });
});

test('where a cause was found there is nothing to test', () => {
  expect(testsOf(segment.with('l2Advertisements'))).toBeUndefined();
  expect(testsOf(segment.with('ipAddressPools', aPool('lan', '10.9.9.0/28')))).toBeUndefined();
});

test('a client of a family that the Service has no address of has nothing to test either', () => {
  expect(testsOf(announced, '2001:db8::7')).toBeUndefined();
});
