import type { FactName, Receipt, Snapshot } from './snapshot.ts';

/** What is known when the logs that matter are chosen. */
export type Heard = Pick<Snapshot, 'takenAt' | 'readings' | 'installations'>;

/** What a command wants to know of the cluster. */
export interface Wanted {
  readonly facts: readonly FactName[];
  /** Read only when something read refers to them: namespaces that a pool selects, BGP kinds that somebody announces by, the settings of kube-proxy and of interfaces where layer 2 rests on them. */
  readonly factsIfSelected?: readonly FactName[];
  /** Read only when there is no pool at all: they tell why there is none. */
  readonly factsWithoutPools?: readonly FactName[];
  /** Read the logs of controller, of speakers, or of neither. */
  readonly logs: readonly ('controller' | 'speaker')[];
  /** Of many speakers, the pods whose logs matter, seen from all else that was read; absent where all of them do. */
  readonly heard?: (known: Heard) => ReadonlySet<string>;
  /** Ask the server who we are; else the name of the kubeconfig's entry has to do. */
  readonly identity?: boolean;
  /** The Service in question: narrows events to it, and lets a reader with rights in its namespace only still find it. */
  readonly service: { readonly namespace: string | undefined; readonly name: string } | undefined;
  /** Only Services of this namespace are asked about: who may not list all of them can still list these. */
  readonly namespace?: string;
  /** Read what takes the Service's traffic: the pods of its namespace, and of EndpointSlices its own alone. */
  readonly backends?: true;
}

/** Reads a cluster, live or recorded. It rejects only when nothing at all could be learned. */
export interface ClusterReader {
  gather(wanted: Wanted, signal: AbortSignal): Promise<Snapshot>;
}

/** Time, as far as code that waits needs it. */
export interface Clock {
  now(): Date;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Says what is going on while it goes on; a spinner on a terminal, silence elsewhere. */
export interface Narrator {
  phase(title: string): void;
  done(): void;
}

/** What is learned while a cluster is watched. */
export type Observation =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** Something cannot be followed for now; what is known of it is as old as that. */
  | { readonly kind: 'trouble' | 'recovered'; readonly says: string }
  /** Watching is over before anybody stopped it. */
  | { readonly kind: 'over'; readonly says: string; readonly receipt: Receipt };

/** Watches a cluster: one snapshot at once, and one whenever something changed. It rejects only before the first. */
export interface ClusterWatcher {
  watch(wanted: Wanted, signal: AbortSignal): AsyncIterable<Observation>;
}
