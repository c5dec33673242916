import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ObjectRef } from '../../../src/core/facts/object-ref.ts';
import type { RawObject } from './vector-objects.ts';

/** One recorded course of events, and every way the real controller was seen to take it. */
export interface VectorCase {
  readonly id: string;
  readonly version: string;
  readonly mode: string;
  readonly tags: readonly string[];
  readonly controller: {
    readonly namespace: string;
    readonly lbClass?: string;
    readonly bgpType: string;
    /** True when a real Kubernetes API server stood between; absent for one that stores what it is given. */
    readonly apiServerDefaults?: boolean;
  };
  readonly steps: readonly VectorStep[];
  readonly outcomes: readonly { readonly runs: number; readonly steps: readonly StepOutcome[] }[];
}

export interface VectorStep {
  readonly op: 'start' | 'apply' | 'delete' | 'restart';
  readonly objects?: readonly RawObject[];
  readonly delete?: readonly ObjectRef[];
}

export interface RecordedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

export interface StepOutcome {
  readonly config?: { readonly result: string; readonly errors?: readonly string[] };
  readonly admission?: Readonly<
    Record<string, { readonly allowed: boolean; readonly messages?: readonly string[] }>
  >;
  readonly services?: Readonly<Record<string, { readonly ips?: string[]; readonly pool?: string }>>;
  readonly events?: Readonly<Record<string, readonly RecordedEvent[]>>;
  readonly maybeEvents?: Readonly<Record<string, readonly RecordedEvent[]>>;
  readonly poolStatus?: Readonly<Record<string, readonly string[]>>;
  readonly metrics?: Readonly<Record<string, readonly string[]>>;
  readonly unsettled?: boolean;
  readonly flapping?: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly panic?: string;
}

/** The cases of one file of `test/vectors`. */
export function casesIn(name: string): readonly VectorCase[] {
  const file = new URL(`../../vectors/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as VectorCase);
}

/** The cases recorded for one release at random. */
export function casesOf(version: string): readonly VectorCase[] {
  return casesIn(`alloc-${version}`);
}
