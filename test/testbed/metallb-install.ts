import { join } from 'node:path';
import type { MetalLBRelease } from './build.ts';
import type { ControlPlane } from './control-plane.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { eventually } from './waiting.ts';

/** Applies the released manifest as it is. */
export async function applyMetalLB(plane: ControlPlane, release: MetalLBRelease): Promise<void> {
  const manifest = join(release.manifests, 'metallb-native.yaml');
  const { code, stderr } = await plane.kubectl(['apply', '-f', manifest]);
  if (code !== 0) {
    throw new Error(`MetalLB ${release.version} cannot be applied: ${stderr}`);
  }
}

/** Waits until every program of MetalLB is Ready and its webhook judges pools. */
export async function untilMetalLBWorks(plane: ControlPlane, speakers: number): Promise<void> {
  await eventually('MetalLB to be ready', async () => {
    const { items } = await plane.api.list('/api/v1/namespaces/metallb-system/pods');
    const unready = items.filter((pod) => !isReady(pod)).map((pod) => pod.metadata.name);
    if (unready.length > 0) {
      throw new Error(`not ready: ${unready.join(', ')}`);
    }
    return items.length === speakers + 1 ? true : undefined;
  });
  await untilWebhookAnswers(plane);
}

/** A pod that is Ready may still serve no certificate that the API server trusts. */
export async function untilWebhookAnswers(plane: ControlPlane): Promise<void> {
  const pools = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools';
  await eventually('the webhook to answer', () =>
    plane.api.create(`${pools}?dryRun=All`, {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: 'only-a-question', namespace: 'metallb-system' },
      spec: { addresses: ['203.0.113.254/32'] },
    }),
  );
}

/** Whether a pod's Ready condition holds. */
export function isReady(pod: KubernetesObject): boolean {
  const status = pod['status'] as { conditions?: { type: string; status: string }[] } | undefined;
  return (status?.conditions ?? []).some(
    ({ type, status: holds }) => type === 'Ready' && holds === 'True',
  );
}
