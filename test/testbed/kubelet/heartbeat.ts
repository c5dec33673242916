import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubelet } from './configuration.ts';
import { timeNow } from './container-status.ts';

const LEASE_EVERY_MS = 5_000;

/** Tells the API server that the node lives, but only while its link does: a cut node falls silent. */
export async function beat(kubelet: Kubelet): Promise<void> {
  for (;;) {
    if (linkIsUp()) {
      await beatOnce(kubelet).catch((error: unknown) => {
        process.stderr.write(`heartbeat: ${String(error)}\n`);
      });
    }
    await sleep(LEASE_EVERY_MS);
  }
}

async function beatOnce({ api, configuration: { node } }: Kubelet): Promise<void> {
  const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
  const renewTime = new Date().toISOString().replace('Z', '000Z');
  const spec = { holderIdentity: node, leaseDurationSeconds: 40, renewTime };
  const renewed = await api.patch(`${leases}/${node}`, { spec });
  if (renewed === undefined) {
    const metadata = { name: node, namespace: 'kube-node-lease' };
    await api.create(leases, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata,
      spec,
    });
  }
  const current = await api.get(`/api/v1/nodes/${node}`);
  const conditions = (current?.['status'] as { conditions?: { type: string; status: string }[] })
    ?.conditions;
  const ready = conditions?.find(({ type }) => type === 'Ready');
  if (current !== undefined && ready?.status !== 'True') {
    await api.patch(`/api/v1/nodes/${node}/status`, { status: { conditions: nodeConditions() } });
  }
}

/** The conditions of a node that is well. */
export function nodeConditions(): object[] {
  const now = timeNow();
  const well = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({
    type,
    status: 'False',
    reason: `KubeletHasNo${type}`,
    message: `kubelet has no ${type}`,
  }));
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  };
  return [...well, ready].map((condition) => ({
    ...condition,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  }));
}

function linkIsUp(): boolean {
  return networkInterfaces()['eth0'] !== undefined;
}
