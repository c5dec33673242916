import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { parseArgs } from 'node:util';
import { answerLog } from './log-answer.ts';
import type { LogWorld } from './log-answer.ts';

/** Where kubelets are asked. */
export const KUBELET_PORT = 10_250;

/**
 * Stands for the kubelets of all nodes at once: serves the logs that a scenario's files hold. Runs as a
 * process of its own inside the scenario's network namespace, where every address is a local one.
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      world: { type: 'string', default: '' },
      certificate: { type: 'string', default: '' },
      key: { type: 'string', default: '' },
    },
  });
  const identity = { cert: readFileSync(values.certificate), key: readFileSync(values.key) };
  createServer(identity, (request, response) => {
    serve(JSON.parse(readFileSync(values.world, 'utf8')) as LogWorld, request, response);
  }).listen(KUBELET_PORT, '::');
}

/** `/containerLogs/NAMESPACE/POD/CONTAINER?query`. */
function serve(world: LogWorld, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const words = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const [endpoint, namespace = '', pod = '', container = ''] = words;
  if (endpoint !== 'containerLogs') {
    response.writeHead(404).end('this kubelet only knows logs\n');
    return;
  }
  const query = url.searchParams;
  const { status, text } = answerLog(world, { namespace, pod, container, query }, new Date());
  // A connection kept from one scenario to the next would hang when its node falls silent there.
  const headers = { 'content-type': 'text/plain', connection: 'close' };
  response.writeHead(status, headers).end(text);
}

if (import.meta.main) {
  main();
}
