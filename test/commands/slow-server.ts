import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An API server that lists Services and never answers anything else, and a kubeconfig for it. */
export interface SlowServer extends AsyncDisposable {
  readonly kubeconfig: string;
  /** Resolves when something was asked that will not be answered. */
  readonly stuck: Promise<void>;
}

const services = {
  kind: 'ServiceList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '7' },
  items: [
    {
      metadata: { namespace: 'shop', name: 'checkout' },
      spec: { type: 'LoadBalancer', clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'], ports: [] },
      status: { loadBalancer: {} },
    },
  ],
};

/** Starts it on a free port of this machine. */
export async function startSlowServer(): Promise<SlowServer> {
  const stuck = Promise.withResolvers<void>();
  let served = false;
  let waiting = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/v1/services') === true) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(services), () => {
        served = true;
        settle();
      });
      return;
    }
    waiting += 1;
    settle();
  });
  function settle(): void {
    if (served && waiting > 0) {
      stuck.resolve();
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'triage-slow-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, kubeconfigFor(port));
  return {
    kubeconfig,
    stuck: stuck.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function kubeconfigFor(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'slow',
    clusters: [{ name: 'slow', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'oncall', user: { token: 'x' } }],
    contexts: [{ name: 'slow', context: { cluster: 'slow', user: 'oncall' } }],
  });
}
