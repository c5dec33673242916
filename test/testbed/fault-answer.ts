import { request as httpsRequest } from 'node:https';
import type { Agent } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault-rules.ts';

/** The server behind the proxy, and the way to it. */
export interface Upstream {
  readonly url: URL;
  readonly agent: Agent;
}

/** One request of a client, and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The connection under the TLS layer: only there can it be reset. */
  readonly connection: Socket | undefined;
  readonly fault: Fault | undefined;
}

/** Answers a request as its fault says, or as the server behind does. */
export async function answer(exchange: Exchange, upstream: Upstream): Promise<void> {
  const { response, connection, fault } = exchange;
  switch (fault?.kind) {
    case 'status':
      sendStatus(response, fault);
      return;
    case 'plain':
      response.writeHead(fault.code, { 'content-type': 'text/plain' }).end(fault.text);
      return;
    case 'reset':
      connection?.resetAndDestroy();
      return;
    case 'reset-in-body':
      await sendHalf(exchange, upstream);
      // A reset throws away what the client has not read yet; it shall have seen the first half.
      await sleep(50);
      connection?.resetAndDestroy();
      return;
    case 'half':
      await sendHalf(exchange, upstream);
      response.end();
      return;
    case 'delay':
      await sleep(fault.ms);
      await passOn(exchange, upstream);
      return;
    case undefined:
      await passOn(exchange, upstream);
  }
}

function sendStatus(response: ServerResponse, fault: Fault & { kind: 'status' }): void {
  const seconds = fault.retryAfterSeconds;
  const retry = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: fault.message ?? `the fault proxy answers ${fault.code}`,
    ...(fault.reason === undefined ? {} : { reason: fault.reason }),
    code: fault.code,
  };
  response.writeHead(fault.code, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify(status));
}

async function passOn({ request, response }: Exchange, upstream: Upstream): Promise<void> {
  const reply = await ask(upstream, request, request.headers);
  response.writeHead(reply.statusCode ?? 502, withoutConnection(reply.headers));
  reply.on('error', () => response.destroy());
  // A client that goes away must end the request upstream too, or a watch stays open for ever.
  response.on('close', () => reply.destroy());
  reply.pipe(response);
}

/** Sends the true head and half of the true body, unpacked, and leaves the answer open. */
async function sendHalf({ request, response }: Exchange, upstream: Upstream): Promise<void> {
  const { 'accept-encoding': _packed, ...headers } = request.headers;
  const reply = await ask(upstream, request, headers);
  const chunks: Buffer[] = [];
  for await (const chunk of reply) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  const { 'content-length': _length, ...kept } = withoutConnection(reply.headers);
  response.writeHead(reply.statusCode ?? 502, kept);
  await new Promise<void>((resolve) => {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => resolve());
  });
}

function ask(
  { url, agent }: Upstream,
  request: IncomingMessage,
  headers: IncomingHttpHeaders,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      {
        host: url.hostname,
        port: url.port,
        path: request.url,
        method: request.method,
        headers: { ...withoutConnection(headers), host: url.host },
        agent,
      },
      resolve,
    );
    outgoing.on('error', reject);
    request.pipe(outgoing);
  });
}

/** Headers that belong to one connection and not to the message are left out. */
function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, ...kept } = headers;
  return kept;
}
