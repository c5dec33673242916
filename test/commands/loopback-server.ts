import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A loopback API server and a kubeconfig for it. */
export interface LoopbackServer extends AsyncDisposable {
  readonly kubeconfig: string;
}

/** The answer to a list of Services: shop/checkout, with this address if any. */
export function serviceList(ip: string | undefined): object {
  const ingress = ip === undefined ? [] : [{ ip }];
  return {
    kind: 'ServiceList',
    apiVersion: 'v1',
    metadata: { resourceVersion: '7' },
    items: [
      {
        metadata: { namespace: 'shop', name: 'checkout' },
        spec: {
          type: 'LoadBalancer',
          clusterIP: '10.96.0.7',
          clusterIPs: ['10.96.0.7'],
          ipFamilies: ['IPv4'],
          ports: [{ protocol: 'TCP', port: 80 }],
        },
        status: { loadBalancer: { ingress } },
      },
    ],
  };
}

/** Starts a server with these answers on a free port of this machine. */
export async function startServer(answer: RequestListener): Promise<LoopbackServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'triage-server-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, kubeconfigFor(port));
  return {
    kubeconfig,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that lists Services and never answers anything else; `stuck` resolves once it does both. */
export async function startSlowServer(): Promise<
  LoopbackServer & { readonly stuck: Promise<void> }
> {
  const stuck = Promise.withResolvers<void>();
  let isServed = false;
  let isWaiting = false;
  const settle = () => isServed && isWaiting && stuck.resolve();
  const server = await startServer((request, response) => {
    if (request.url?.startsWith('/api/v1/services') !== true) {
      isWaiting = true;
      settle();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(serviceList(undefined)), () => {
      isServed = true;
      settle();
    });
  });
  return { ...server, stuck: stuck.promise };
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
