import { expect, test } from 'vitest';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPool } from '../../../builders/some-objects.ts';

const refusal =
  'admission webhook "frrconfigurationsvalidationwebhook.metallb.io" denied the request: conflicting advertiseDualStack specified for 192.0.2.1\nresource is invalid for node n1';

const denied = (at: string, error: string) =>
  JSON.stringify({
    level: 'error',
    ts: `2026-03-14T${at}Z`,
    msg: 'Reconciler error',
    controller: 'frrconfiguration',
    error,
  });

function rootsOf(at: string, error = refusal) {
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .withInstallation({ bgpType: 'frr-k8s' })
    .withLog('speaker-n1', [denied(at, error)])
    .build();
  return diagnose({ symptom: 'health', snapshot, subject: undefined }).rootCauses;
}

test('what FRR-K8s refuses is told by the speakers only', () => {
  const [root, ...others] = rootsOf('03:02:00');
  expect([root?.cause, root?.severity, others]).toEqual(['speaker-frr-failing', 'warning', []]);
  expect(root?.details[0]).toContain('conflicting advertiseDualStack specified for 192.0.2.1');
});

test('a webhook of FRR-K8s that does not answer is told apart from a refusal', () => {
  const [root] = rootsOf(
    '03:02:00',
    'Internal error occurred: failed calling webhook "frrconfigurationsvalidationwebhook.metallb.io": failed to call webhook: no endpoints available for service "frr-k8s-webhook-service"',
  );
  expect(root?.says).toBe(
    'the webhook of FRR-K8s does not answer, so BGP goes on without the latest changes of the speakers',
  );
});

test('what it refused yesterday is over', () => {
  expect(rootsOf('01:02:00')).toEqual([]);
});
