import { expect, test } from 'vitest';
import { portsMissed } from '../../../../src/checks/models/traffic/ports-missed.ts';
import type { NetworkPolicyPort } from '../../../../src/core/facts/kube-objects.ts';
import { aBackend } from '../../../builders/backends.ts';
import { named } from '../../../builders/some-objects.ts';

const barred = {
  port: { protocol: 'TCP', port: 80, targetPort: 8080 },
  kind: 'nobody',
  ranges: [],
  pods: [aBackend('shop/web-1')],
  isForAll: true,
  dropped: undefined,
} as const;

const allowing = (...ports: readonly NetworkPolicyPort[]) => ({
  kind: 'NetworkPolicy' as const,
  metadata: named('web', { namespace: 'shop' }),
  spec: {
    podSelector: { matchLabels: {}, matchExpressions: [] },
    policyTypes: ['Ingress'],
    ingress: ports.length === 0 ? [] : [{ from: [], ports }],
  },
});

test('the port of the Service was allowed, and not that of the pods', () => {
  expect(portsMissed([barred], [allowing({ protocol: 'TCP', port: 80 })])).toEqual([
    'it allows 80/TCP, and the pods are asked on 8080/TCP: a policy counts the port of the pod, not that of the Service',
  ]);
});

test('names, ranges, whole protocols and several policies are told as they are written', () => {
  const policies = [
    allowing({ protocol: 'TCP', port: 'https' }, { protocol: 'TCP', port: 9000, endPort: 9010 }),
    allowing({ protocol: 'UDP' }),
  ];
  expect(portsMissed([barred], policies)).toEqual([
    'they allow https/TCP, 9000-9010/TCP, all ports of UDP, and the pods are asked on 8080/TCP: a policy counts the port of the pod, not that of the Service',
  ]);
});

test('there is nothing to tell of policies that allow no port, or of who is let in', () => {
  expect(portsMissed([barred], [allowing()])).toEqual([]);
  const podsOnly = { ...barred, kind: 'pods-only' as const };
  expect(portsMissed([podsOnly], [allowing({ port: 80 })])).toEqual([]);
});
