import type { ObjectRef } from './object-ref.ts';
import type { WireMethod } from './wire.ts';

/** Where a piece of evidence was seen. */
export type EvidenceSource =
  | {
      readonly kind: 'field';
      readonly of: ObjectRef;
      readonly path: string;
      readonly value: string;
    }
  | {
      readonly kind: 'event';
      readonly of: ObjectRef;
      readonly reason: string;
      readonly message: string;
      readonly at: string | undefined;
      readonly count: number;
    }
  | {
      readonly kind: 'log';
      readonly pod: string;
      readonly container: string;
      readonly previous: boolean;
      readonly at: string | undefined;
      readonly line: string;
    }
  /** Seen on the wire from one place; `saw` is what was seen there. */
  | {
      readonly kind: 'wire';
      readonly address: string;
      readonly from: string;
      readonly method: WireMethod;
      readonly at: string;
      readonly saw: string;
    }
  /** Computed by us from other facts; `rule` says by which rule of MetalLB (version, function, issue). */
  | { readonly kind: 'derived'; readonly rule: string; readonly about: ObjectRef };

/** One thing that was seen, in a sentence; `id` is a stable hash of the source. */
export interface Evidence {
  readonly id: string;
  readonly source: EvidenceSource;
  readonly says: string;
}

const hashSeed = 0xcbf29ce484222325n;
const hashPrime = 0x100000001b3n;

/** FNV-1a over the source's canonical JSON: equal sources get equal ids in every replay. */
function hashOf(text: string): string {
  let hash = hashSeed;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * hashPrime);
  }
  return hash.toString(16).padStart(16, '0').slice(0, 10);
}

/** Evidence for `says`, seen at `source`. */
export function evidence(source: EvidenceSource, says: string): Evidence {
  return { id: `e-${hashOf(JSON.stringify(source))}`, source, says };
}
