import { describe, expect, test } from 'vitest';
import {
  type Admission,
  admissionTo,
  lets,
  policiesOn,
} from '../../../../src/checks/models/traffic/policies.ts';
import { parseAddress } from '../../../../src/core/facts/ip.ts';
import type { NetworkPolicy, NetworkPolicyPeer } from '../../../../src/core/facts/kube-objects.ts';
import { aBackend, aPolicy } from '../../../builders/backends.ts';

const pod = aBackend('shop/web-1', {
  ports: [
    { name: 'http', port: 8080, protocol: 'TCP' },
    { name: 'dns', port: 5353, protocol: 'UDP' },
  ],
});
const http = { port: 8080, protocol: 'TCP' };
const everybody: readonly NetworkPolicyPeer[] = [];
const nothing = { matchLabels: {}, matchExpressions: [] };

function kindOf(...policies: readonly NetworkPolicy[]): Admission['kind'] {
  return admissionTo(pod, http, policies).kind;
}

function range(cidr: string, ...except: readonly string[]): NetworkPolicyPeer {
  return { ipBlock: { cidr, except } };
}

function letsIn(peer: NetworkPolicyPeer, text: string): boolean {
  const address = parseAddress(text);
  const policy = aPolicy('shop/ranges', [{ from: [peer], ports: [] }]);
  return address !== undefined && lets(admissionTo(pod, http, [policy]), address);
}

describe('which policies concern a pod', () => {
  const names = (...policies: readonly NetworkPolicy[]) =>
    policiesOn(pod, policies).map(({ metadata }) => metadata.name);

  test('those of its namespace that select it for what comes in', () => {
    const other = { podSelector: { matchLabels: { app: 'db' }, matchExpressions: [] } };
    expect(
      names(
        aPolicy('shop/all'),
        aPolicy('other/all'),
        aPolicy('shop/db', [], other),
        aPolicy('shop/out', [], { policyTypes: ['Egress'] }),
        aPolicy('shop/both', [], { policyTypes: ['Egress', 'Ingress'] }),
        aPolicy('shop/unsaid', [], { policyTypes: [] }),
      ),
    ).toEqual(['all', 'both', 'unsaid']);
  });
});

describe('who may connect', () => {
  test.each<[string, readonly NetworkPolicy[], Admission['kind']]>([
    ['no policy', [], 'unrestricted'],
    ['a policy without a rule', [aPolicy('shop/deny')], 'nobody'],
    ['a rule without peers', [aPolicy('shop/a', [{ from: everybody, ports: [] }])], 'everybody'],
    [
      'what one policy allows another does not take back',
      [aPolicy('shop/deny'), aPolicy('shop/a', [{ from: everybody, ports: [] }])],
      'everybody',
    ],
    [
      'pods of any namespace are pods all the same',
      [aPolicy('shop/a', [{ from: [{ namespaceSelector: nothing }], ports: [] }])],
      'pods-only',
    ],
    ['all of IPv4', [aPolicy('shop/a', [{ from: [range('0.0.0.0/0')], ports: [] }])], 'everybody'],
    [
      'all of IPv4 but a part',
      [aPolicy('shop/a', [{ from: [range('0.0.0.0/0', '10.0.0.0/8')], ports: [] }])],
      'ranges',
    ],
  ])('%s', (_title, policies, kind) => {
    expect(kindOf(...policies)).toBe(kind);
  });

  test.each<[string, NetworkPolicy['spec']['ingress'][number]['ports'][number], boolean]>([
    ['the number', { port: 8080 }, true],
    ['another number', { port: 80 }, false],
    ['the number with the other protocol', { port: 8080, protocol: 'UDP' }, false],
    ['any port of the protocol', { protocol: 'TCP' }, true],
    ['the name of a container port', { port: 'http' }, true],
    ['a name that no container has', { port: 'web' }, false],
    ['the name of another port', { port: 'dns', protocol: 'UDP' }, false],
    ['a range that holds it', { port: 8000, endPort: 8080 }, true],
    ['a range that ends before', { port: 8000, endPort: 8079 }, false],
  ])('by port: %s', (_title, port, isOpen) => {
    const policy = aPolicy('shop/a', [{ from: everybody, ports: [port] }]);
    expect(kindOf(policy)).toBe(isOpen ? 'everybody' : 'nobody');
  });

  test.each([
    ['192.168.0.0/16', [], '192.168.9.1', true],
    ['192.168.0.0/16', ['192.168.9.0/24'], '192.168.9.1', false],
    ['192.168.0.0/16', ['192.168.9.0/24'], '192.168.8.1', true],
    ['192.168.0.0/16', [], 'fd00::1', false],
    ['fd00::/8', [], 'fd00::1', true],
    ['not a range', [], '192.168.9.1', false],
  ])('by address: %s without %s and %s', (cidr, except, address, isIn) => {
    expect(letsIn(range(cidr, ...except), address)).toBe(isIn);
  });
});
