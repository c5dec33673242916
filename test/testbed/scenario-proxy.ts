import { join } from 'node:path';
import { startFaultProxy } from './fault-proxy.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { ScenarioServer } from './scenario.ts';

/** Puts a fault proxy before a scenario's API server, on behalf of the user of a kubeconfig. */
export async function proxyBefore(
  { bed, controlPlane }: ScenarioServer,
  kubeconfig: string = controlPlane.kubeconfig,
): Promise<FaultProxy> {
  const serving = await controlPlane.authority.issue({
    file: 'fault-proxy',
    commonName: 'fault-proxy',
    hosts: ['127.0.0.1'],
  });
  return startFaultProxy({
    kubeconfig,
    serving,
    proxiedKubeconfig: join(bed.folder, 'proxied.kubeconfig'),
    logFile: join(bed.folder, 'logs', 'fault-proxy.jsonl'),
  });
}
