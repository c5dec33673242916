import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { KeyPair } from './certificates.ts';

/** A request that came in, with the connection under its TLS layer. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Socket | undefined;
}

export interface Front {
  /** `https://127.0.0.1:port`. */
  readonly url: string;
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>;
}

/** Opens an HTTPS server on loopback that knows the plain connection below each request. */
export async function openFront(
  serving: KeyPair,
  arrive: (arrival: Arrival) => void,
): Promise<Front> {
  const connections = new Map<string, Socket>();
  const https = createHttpsServer(
    {
      cert: await readFile(serving.certificate),
      key: await readFile(serving.key),
      ALPNProtocols: ['http/1.1'],
    },
    (request, response) =>
      arrive({ request, response, connection: connections.get(endOf(request.socket)) }),
  );
  https.on('tlsClientError', () => undefined);
  const front = createServer((socket) => {
    const end = endOf(socket);
    connections.set(end, socket);
    socket.on('close', () => connections.delete(end));
    socket.on('error', () => undefined);
    https.emit('connection', socket);
  });
  return {
    url: `https://127.0.0.1:${await portOf(front)}`,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        for (const socket of connections.values()) {
          socket.destroy();
        }
      }),
  };
}

/** Names a connection by the client's end of it. */
function endOf(socket: Socket): string {
  return `${socket.remoteAddress}:${socket.remotePort}`;
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
