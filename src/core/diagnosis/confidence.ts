import type { Evidence } from '../facts/evidence.ts';

/**
 * What a finding rests on: `observed`, a field of an object says it itself; `derived`, it follows from complete
 * readings by MetalLB's own rules; `inferred`, it is the best explanation, but another one could fit too.
 */
export type Basis = 'observed' | 'derived' | 'inferred';

/** What stands behind one root cause. */
export interface Grounds {
  readonly basis: Basis;
  readonly because: readonly Evidence[];
  /** Evidence that speaks against it. */
  readonly against: readonly Evidence[];
  /** True when a fact that could have confirmed it could not be read. */
  readonly blind: boolean;
}

const table = {
  observed: { confirmed: 0.99, unconfirmed: 0.95, blind: 0.93 },
  derived: { confirmed: 0.97, unconfirmed: 0.9, blind: 0.85 },
  inferred: { confirmed: 0.85, unconfirmed: 0.7, blind: 0.6 },
} as const;

const contradictedFactor = 0.6;

/** The one rule for confidence, described in docs/confidence.md. */
export function confidenceIn(grounds: Grounds): number {
  const base = table[grounds.basis][witnessOf(grounds)];
  return grounds.against.length > 0 ? Math.round(base * contradictedFactor * 100) / 100 : base;
}

function witnessOf(grounds: Grounds): 'confirmed' | 'unconfirmed' | 'blind' {
  if (grounds.because.some(isWitness)) {
    return 'confirmed';
  }
  return grounds.blind ? 'blind' : 'unconfirmed';
}

/** An event or a log line, somebody's own words; or an answer on the wire, which is the thing itself. */
function isWitness(item: Evidence): boolean {
  const { kind } = item.source;
  return kind === 'event' || kind === 'log' || kind === 'wire';
}
