import { appendFileSync } from 'node:fs';
import { Agent } from 'node:https';
import type { KeyPair } from './certificates.ts';
import { answer } from './fault-answer.ts';
import type { Exchange } from './fault-answer.ts';
import { openFront } from './fault-front.ts';
import { faultPicker, isWatch } from './fault-rules.ts';
import type { Fault, FaultPicker, FaultRule } from './fault-rules.ts';
import { clientOf, pointKubeconfigAt } from './kubeconfig-client.ts';

/** One request that came through, in the order in which they ended. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly watch: boolean;
  readonly userAgent: string;
  /** What the client was told; undefined when the connection was reset before an answer. */
  readonly status: number | undefined;
  readonly fault: Fault['kind'] | undefined;
  /** Bytes sent to the client, head included. */
  readonly bytes: number;
  readonly ms: number;
}

export interface FaultProxyStart {
  /** The user's kubeconfig: the server behind the proxy, and the certificate to show there. */
  readonly kubeconfig: string;
  /** What the proxy shows to clients, valid for 127.0.0.1 and of the API server's own authority. */
  readonly serving: KeyPair;
  /** Where the kubeconfig that points at the proxy is written. */
  readonly proxiedKubeconfig: string;
  /** When set, every record is also appended here, one JSON document a line. */
  readonly logFile?: string;
}

export interface FaultProxy extends AsyncDisposable {
  /** `https://127.0.0.1:port`. */
  readonly url: string;
  /** The kubeconfig that points at the proxy. */
  readonly kubeconfig: string;
  /** Replaces all rules and their counts; an empty list lets everything through. */
  readonly setRules: (rules: readonly FaultRule[]) => void;
  /** The requests since the last call of `forget`. */
  readonly requests: () => readonly RequestRecord[];
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts a proxy that spoils answers of an API server as its rules say. HTTP/1.1 only. */
export async function startFaultProxy(start: FaultProxyStart): Promise<FaultProxy> {
  let pick: FaultPicker = faultPicker([]);
  let records: RequestRecord[] = [];
  const { server, ...identity } = await clientOf(start.kubeconfig);
  const upstream = { url: new URL(server), agent: new Agent({ keepAlive: true, ...identity }) };
  const front = await openFront(start.serving, (arrival) => {
    const { method = '', url = '' } = arrival.request;
    const exchange = { ...arrival, fault: pick({ method, path: url }) };
    recordWhenDone(exchange, (record) => {
      records.push(record);
      if (start.logFile !== undefined) {
        appendFileSync(start.logFile, `${JSON.stringify(record)}\n`);
      }
    });
    // The server behind is gone: the client sees that as its own connection going.
    answer(exchange, upstream).catch(() => arrival.connection?.destroy());
  });
  const stop = async (): Promise<void> => {
    await front.close();
    upstream.agent.destroy();
  };
  return {
    url: front.url,
    kubeconfig: await pointKubeconfigAt(start.kubeconfig, front.url, start.proxiedKubeconfig),
    setRules: (rules) => {
      pick = faultPicker(rules);
    },
    requests: () => [...records],
    forget: () => {
      records = [];
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function recordWhenDone(exchange: Exchange, keep: (record: RequestRecord) => void): void {
  const { request, response, fault } = exchange;
  const { method = '', url: path = '', socket } = request;
  const began = performance.now();
  const sentBefore = socket.bytesWritten;
  response.on('close', () =>
    keep({
      method,
      path,
      watch: isWatch(path),
      userAgent: request.headers['user-agent'] ?? '',
      status: response.headersSent ? response.statusCode : undefined,
      fault: fault?.kind,
      bytes: socket.bytesWritten - sentBefore,
      ms: Math.round(performance.now() - began),
    }),
  );
}
