import { Agent, request } from 'node:http';

/** One key of etcd; the API server keeps each object as a JSON document under one. */
export interface EtcdEntry {
  readonly key: string;
  readonly value: string;
}

/** etcd through its HTTP gateway: what no client of the API server may set is written here. */
export interface EtcdStore {
  readonly entriesUnder: (prefix: string) => Promise<EtcdEntry[]>;
  readonly keysUnder: (prefix: string) => Promise<string[]>;
  /** Writes a hundred keys at a time, each hundred all or none. */
  readonly put: (entries: readonly EtcdEntry[]) => Promise<void>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  readonly close: () => void;
}

/** etcd refuses transactions of more operations than this. */
const OPERATIONS = 100;

interface RangeAnswer {
  readonly kvs?: readonly { readonly key: string; readonly value?: string }[];
}

/** Connects to the gateway at a URL such as `http://127.0.0.1:2379`. */
export function connectEtcd(url: string): EtcdStore {
  const agent = new Agent({ keepAlive: true });
  const call = (path: string, body: unknown): Promise<unknown> =>
    post(new URL(path, url), agent, JSON.stringify(body));
  const range = async (prefix: string, keysOnly: boolean): Promise<EtcdEntry[]> => {
    const bounds = { key: encoded(prefix), range_end: encoded(endOf(prefix)) };
    const answer = await call('/v3/kv/range', { ...bounds, keys_only: keysOnly });
    const { kvs = [] } = answer as RangeAnswer;
    return kvs.map(({ key, value = '' }) => ({ key: decoded(key), value: decoded(value) }));
  };
  const transact = async (operations: readonly unknown[]): Promise<void> => {
    for (let start = 0; start < operations.length; start += OPERATIONS) {
      await call('/v3/kv/txn', { success: operations.slice(start, start + OPERATIONS) });
    }
  };
  return {
    entriesUnder: (prefix) => range(prefix, false),
    keysUnder: async (prefix) => (await range(prefix, true)).map(({ key }) => key),
    put: (entries) =>
      transact(
        entries.map(({ key, value }) => ({
          request_put: { key: encoded(key), value: encoded(value) },
        })),
      ),
    remove: (keys) =>
      transact(keys.map((key) => ({ request_delete_range: { key: encoded(key) } }))),
    close: () => agent.destroy(),
  };
}

/** The first key after all that begin with the prefix. */
function endOf(prefix: string): string {
  const last = prefix.length - 1;
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function post(url: URL, agent: Agent, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) {
          resolve(JSON.parse(text));
        } else {
          reject(new Error(`etcd ${url.pathname}: ${response.statusCode} ${text.slice(0, 500)}`));
        }
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
