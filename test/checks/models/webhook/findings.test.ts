import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { anEvent, aPool, home, named } from '../../../builders/some-objects.ts';

const sync = { kind: 'Kustomization', namespace: 'flux-system', name: 'metallb' };
const controller = aPod('controller');
const webhookService = aService('metallb-system/metallb-webhook-service', {
  type: 'ClusterIP',
  selector: { component: 'controller' },
});

function rootsOf(
  end: string,
  name = 'ipaddresspoolvalidationwebhook.metallb.io',
  ...pods: readonly ReturnType<typeof aPod>[]
) {
  const message = `dry-run failed: failed calling webhook "${name}": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": ${end}`;
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .withService(webhookService)
    .with('pods', controller, ...pods)
    .withEvent(anEvent(sync, 'ReconciliationFailed', { message, at: '2026-03-14T03:10:00Z' }))
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  return rootCauses.filter(({ cause }) => /^webhook|^git-ops/.test(cause));
}

describe('a call of the webhook that failed', () => {
  test('in the tunnel of k3s is no matter of an HTTP proxy', () => {
    const [root] = rootsOf(
      'proxy error from 127.0.0.1:6443 while dialing 10.42.3.16:9443, code 503: 503 Service Unavailable',
    );
    expect(root?.cause).toBe('webhook-unreachable');
    expect(root?.details.join()).not.toContain('HTTPS_PROXY');
    expect(root?.says).toContain('tunnel');
    expect(root?.remedies[0]?.command).toContain('networkpolicies');
  });

  test('at a proxy that the API server was given is one', () => {
    const [root] = rootsOf('proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused');
    expect(root?.details.join()).toContain('HTTPS_PROXY');
  });

  test('of FRR-K8s is not one of MetalLB', () => {
    const [root, ...others] = rootsOf(
      'context deadline exceeded',
      'frrconfigurationsvalidationwebhook.metallb.io',
    );
    expect([root?.cause, others]).toEqual(['git-ops-cannot-apply', []]);
    expect(root?.details.join()).toContain('FRR-K8s');
  });

  test.each([
    ['localhost', 'kubectl -n metallb-system patch secret'],
    ['cert', 'kubectl -n metallb-system patch secret'],
    ['webhook-service.metallb-system.svc', 'kubectl -n metallb-system get services'],
    ['lb-admission.metallb-system.svc', 'kubectl -n metallb-system get services'],
  ])('by a name that is not %s', (held, command) => {
    const [root] = rootsOf(
      `tls: failed to verify certificate: x509: certificate is valid for ${held}, not metallb-webhook-service.metallb-system.svc`,
    );
    expect(root?.cause).toBe('webhook-name-differs');
    expect(root?.remedies[0]?.command).toContain(command);
  });

  test('may have landed at another pod that the Service selects, too', () => {
    const own = aPod('controller', { name: 'ingress-nginx-controller-0' });
    const stranger = {
      ...own,
      metadata: named(own.metadata.name, {
        namespace: home,
        labels: { component: 'controller', app: 'ingress-nginx' },
      }),
      spec: {
        ...own.spec,
        containers: own.spec.containers.map((each) => ({
          ...each,
          image: 'registry.k8s.io/ingress-nginx/controller:v1.12.1',
        })),
      },
    };
    const [root] = rootsOf(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      undefined,
      stranger,
    );
    expect(root?.cause).toBe('webhook-fails');
    expect(root?.details.join()).toContain('ingress-nginx-controller-0');
  });

  test.each(['Failed', 'Succeeded'])('does not land at a pod in phase %s', (phase) => {
    const own = aPod('controller', { name: 'controller-old', ready: false });
    const containers = own.spec.containers.map((each) => ({ ...each, image: 'lb/controller:v1' }));
    const over = {
      ...own,
      spec: { ...own.spec, containers },
      status: { ...own.status, phase, conditions: [] },
    };
    const [root] = rootsOf('context deadline exceeded', undefined, over);
    expect(root?.cause).toBe('webhook-unreachable');
  });

  test('says nothing of other pods when the Service selects the controller only', () => {
    const [root] = rootsOf(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
    expect(root?.cause).toBe('webhook-untrusted');
  });
});

describe('a webhook nobody can reach', () => {
  const message =
    'failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": ';
  const failed = (end: string) =>
    anEvent(sync, 'ReconciliationFailed', { message: message + end, at: '2026-03-14T03:10:00Z' });
  const base = aSnapshot().withPool(aPool('lan', '10.4.11.10/28')).withService(webhookService);
  const causesOf = (builder: typeof base) =>
    diagnose({ symptom: 'health', snapshot: builder.build(), subject: undefined }).rootCauses;

  test('is settled when the same applier got through later', () => {
    const success = anEvent(sync, 'ReconciliationSucceeded', {
      message: 'Reconciliation finished in 1.2s',
      at: '2026-03-14T03:11:00Z',
      type: 'Normal',
    });
    expect(causesOf(base.withEvent(failed('context deadline exceeded'), success))).toEqual([]);
  });

  test('is not settled by an attempt that was unsuccessful', () => {
    const retry = anEvent(sync, 'OperationStarted', {
      message: 'Sync operation was unsuccessful, retrying attempt #2',
      at: '2026-03-14T03:11:00Z',
      type: 'Normal',
    });
    expect(
      causesOf(base.withEvent(failed('context deadline exceeded'), retry)).map(
        ({ cause }) => cause,
      ),
    ).toEqual(['webhook-unreachable']);
  });

  test('is heard through the escapes of Argo CD', () => {
    const event = failed('context deadline exceeded');
    const escaped = { ...event, message: event.message.replaceAll('"', String.raw`\"`) };
    expect(causesOf(base.withEvent(escaped)).map(({ cause }) => cause)).toEqual([
      'webhook-unreachable',
    ]);
  });

  test('has a selector that fits no pod, and no controller restarted', () => {
    const lost = { ...webhookService, spec: { ...webhookService.spec, selector: { app: 'lb' } } };
    const builder = aSnapshot()
      .withPool(aPool('lan', '10.4.11.10/28'))
      .withService(lost)
      .withEvent(failed('no endpoints available for service "metallb-webhook-service"'));
    const [root] = causesOf(builder);
    expect([root?.cause, root?.says.includes('its selector fits no pod')]).toEqual([
      'webhook-without-endpoints',
      true,
    ]);
  });

  test('is no matter of the way while its pod is not ready', () => {
    const down = base
      .with('pods', aPod('controller', { ready: false }), aPod('speaker'))
      .withEvent(failed('dial tcp 10.96.3.9:443: connect: no route to host'));
    expect(causesOf(down).map(({ cause }) => cause)).not.toContain('webhook-unreachable');
  });
});
