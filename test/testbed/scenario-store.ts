import type { EtcdEntry, EtcdStore } from './etcd-store.ts';

/** Replaces one cluster by the next in etcd, leaving what the API server made for itself. */
export interface ScenarioStore {
  /** Afterwards etcd holds the API server's own objects and these, and nothing else. */
  readonly replaceAll: (entries: readonly EtcdEntry[]) => Promise<void>;
}

const ROOT = '/registry/';

/** What the API server keeps up to date by itself; to write old values there would confuse it. */
const KEPT_BY_SERVER = ['apiregistration.k8s.io/', 'leases/', 'masterleases/', 'ranges/'];

/** Remembers what an API server has made for itself by now. */
export async function scenarioStore(etcd: EtcdStore): Promise<ScenarioStore> {
  const own = new Map(entriesOf(await etcd.entriesUnder(ROOT)));
  return {
    replaceAll: async (entries) => {
      const wanted = new Map([...own, ...entriesOf(entries)]);
      const present = new Map(entriesOf(await etcd.entriesUnder(ROOT)));
      const gone = [...present.keys()].filter((key) => !wanted.has(key));
      const changed = [...wanted].filter(([key, value]) => present.get(key) !== value);
      await etcd.remove(gone.filter(isOurs));
      await etcd.put(
        changed.map(([key, value]) => ({ key, value })).filter(({ key }) => isOurs(key)),
      );
    },
  };
}

function entriesOf(entries: readonly EtcdEntry[]): [string, string][] {
  return entries.map(({ key, value }) => [key, value]);
}

function isOurs(key: string): boolean {
  return !KEPT_BY_SERVER.some((folder) => key.startsWith(ROOT + folder));
}
