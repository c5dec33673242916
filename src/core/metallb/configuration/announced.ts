import type { LabelSelector } from '../../facts/kube-objects.ts';
import type { BGPPeer } from '../../facts/kube-objects.ts';
import type { Pool } from '../configuration.ts';

/** One L2Advertisement as a speaker holds it for a pool. */
export interface L2Announcement {
  /** Of the object; where two objects come to the same, the first by name. */
  readonly name: string;
  readonly nodes: ReadonlySet<string>;
  /** Empty means all interfaces. */
  readonly interfaces: readonly string[];
  /** Empty means all Services; always empty below v0.16.0. */
  readonly serviceSelectors: readonly LabelSelector[];
  /** Nodes of its own that come before others, by the sum of their weights; empty below v0.16.2. */
  readonly preferred: ReadonlyMap<string, number>;
}

/** One BGPAdvertisement as a speaker holds it for a pool. */
export interface BGPAnnouncement {
  readonly name: string;
  readonly nodes: ReadonlySet<string>;
  readonly aggregationLength: number;
  readonly aggregationLengthV6: number;
  /** 0 means unset. */
  readonly localPref: number;
  /** 0 means unset, as below v0.16.2. */
  readonly asPathPrepend: number;
  /** `65000:100` or `large:1:2:3`, aliases resolved, each once, sorted. */
  readonly communities: readonly string[];
  /** Names of BGPPeers; empty means all of them. */
  readonly peers: readonly string[];
  readonly serviceSelectors: readonly LabelSelector[];
}

/** A pool with all that announces it. */
export interface AnnouncedPool extends Pool {
  readonly l2: readonly L2Announcement[];
  readonly bgp: readonly BGPAnnouncement[];
}

/** A BGPPeer with the nodes that dial it. */
export interface DialledPeer {
  readonly name: string;
  readonly nodes: ReadonlySet<string>;
  readonly spec: BGPPeer['spec'];
}
