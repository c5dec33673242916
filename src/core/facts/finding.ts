import type { Evidence } from './evidence.ts';
import type { ObjectRef } from './object-ref.ts';
import type { AddressPath } from './path.ts';

/** `MLB-A02`: family letter and number, never reused. */
export type CheckId = `MLB-${string}`;

/** A cause in words (`pool-exhausted`); the catalogue in `checks/causes.ts` is the list of them. */
export type CauseId = string;

export type Severity = 'info' | 'warning' | 'error';

/** What the person sees: the question a check can help to answer. */
export type Symptom = 'pending' | 'health' | 'no-traffic';

/** Something a person can do. `command` is complete and can be pasted. */
export interface Remedy {
  readonly says: string;
  readonly command?: string;
  /** True when the command changes the cluster. */
  readonly mutates: boolean;
}

/** What one check found wrong, on one object, with the evidence for it. */
export interface Finding {
  readonly check: CheckId;
  readonly cause: CauseId;
  readonly severity: Severity;
  readonly about: ObjectRef;
  /** Services whose trouble this explains; empty for the whole cluster. */
  readonly affects: readonly ObjectRef[];
  /** Of the Service asked about, the addresses it concerns, as the status writes them; absent means all. */
  readonly addresses?: readonly string[];
  /** One sentence with the names and figures of this cluster. */
  readonly says: string;
  /** More lines for the reader, each complete in itself: a pool per line, a holder per line. */
  readonly details: readonly string[];
  readonly because: readonly Evidence[];
  /** Evidence that speaks against it; it lowers the confidence. */
  readonly against?: readonly Evidence[];
  /** What, if it were so, would make this finding wrong; shown when asked for. */
  readonly doubts?: readonly string[];
  readonly suggests: readonly Remedy[];
}

/** A fact that was needed and is not known, and how to get it. */
export interface MissingFact {
  /** `services`, `logs of controller`. */
  readonly fact: string;
  readonly why: string;
  /** The right that is missing, as `list services`; undefined when it is not a matter of rights. */
  readonly permission: string | undefined;
  /** What to run to collect it. */
  readonly collect: string | undefined;
}

/** The engine's word per check. Only `pass` may rule a cause out. */
export type Verdict =
  | { readonly check: CheckId; readonly asks: string; readonly verdict: 'pass' }
  | {
      readonly check: CheckId;
      readonly asks: string;
      readonly verdict: 'fail';
      readonly findings: readonly Finding[];
    }
  | {
      readonly check: CheckId;
      readonly asks: string;
      readonly verdict: 'unknown';
      readonly missing: readonly MissingFact[];
    }
  | {
      readonly check: CheckId;
      readonly asks: string;
      readonly verdict: 'skipped';
      readonly why: string;
    };

/** One ranked answer. */
export interface RootCause {
  readonly cause: CauseId;
  readonly check: CheckId;
  readonly severity: Severity;
  /** 0..1 by the rule in docs/confidence.md. */
  readonly confidence: number;
  readonly about: ObjectRef;
  readonly says: string;
  readonly details: readonly string[];
  /** Services this explains; empty means every LoadBalancer Service of the installation. */
  readonly explains: readonly ObjectRef[];
  /** The addresses of the Service asked about that it concerns; absent means all. */
  readonly addresses?: readonly string[];
  readonly because: readonly Evidence['id'][];
  readonly wouldChangeMyMind: readonly string[];
  /** With several causes: what is foreseen when this one is mended and the others are left. */
  readonly ifMendedAlone?: string;
  readonly remedies: readonly Remedy[];
}

/** A fault of a MetalLB release whose signature this cluster shows. It is told beside the causes, never above them. */
export interface KnownBugMatch {
  /** `metallb#2626`: the thread that describes it. */
  readonly bug: string;
  readonly title: string;
  /** `warning` when it costs somebody something, `info` when it only misleads or makes noise; never `error`. */
  readonly severity: Severity;
  /** Releases that have it, for people: `v0.14.6 to v0.15.3`. */
  readonly versions: string;
  /** The first release without it; undefined when there is none yet. */
  readonly fixedIn: string | undefined;
  /** One sentence with the names of this cluster. */
  readonly says: string;
  readonly workaround: string;
  /** The object it shows on; undefined for the installation as a whole. */
  readonly about: ObjectRef | undefined;
  /** A cause among the root causes that it accounts for. */
  readonly accountsFor: CauseId | undefined;
  readonly because: readonly Evidence['id'][];
}

/** A root cause that somebody answers for, and that therefore does not count until `expires`. */
export interface SuppressedCause {
  readonly cause: CauseId;
  readonly about: ObjectRef;
  readonly severity: Severity;
  readonly says: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day it holds, as `2026-12-31`. */
  readonly expires: string;
  /** Known bugs that would say the same once more, and are left out with it. */
  readonly knownBugs?: readonly KnownBugMatch['bug'][];
}

/** How far the trouble reaches: what the runbook asks to record first. */
export type Scope =
  | { readonly reach: 'none'; readonly says: string }
  | { readonly reach: 'service'; readonly services: readonly ObjectRef[]; readonly says: string }
  | {
      readonly reach: 'pool';
      readonly pools: readonly string[];
      readonly services: readonly ObjectRef[];
      readonly says: string;
    }
  | { readonly reach: 'cluster'; readonly services: readonly ObjectRef[]; readonly says: string };

/** Size and use of one pool, as its holder of addresses sees it. Counts are decimal strings (IPv6 exceeds 2^53). */
export interface PoolUse {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly usable: string;
  readonly taken: string;
  readonly free: string;
  readonly autoAssign: boolean;
  /** Advertisements that select the pool, as `l2/lan`, `bgp/edge`; undefined when they could not be read. */
  readonly advertisedBy: readonly string[] | undefined;
}

/** The answer to one question about one cluster. */
export interface Diagnosis {
  readonly symptom: Symptom;
  /** The Service in question; undefined for the whole cluster. */
  readonly subject: ObjectRef | undefined;
  /** `problem`: a cause was found. `unknown`: none found and something could not be read. */
  readonly outcome: 'healthy' | 'warnings' | 'problem' | 'unknown';
  /** The answer in one sentence. */
  readonly headline: string;
  readonly rootCauses: readonly RootCause[];
  /** Faults of this MetalLB release that fit what was seen. */
  readonly knownBugs: readonly KnownBugMatch[];
  /** Root causes left out of the answer by the suppressions file; empty without one. */
  readonly suppressed: readonly SuppressedCause[];
  /** The outcome if nobody answered for what is suppressed; absent when nothing is. */
  readonly outcomeUnsuppressed?: Diagnosis['outcome'];
  /** Causes that passed checks exclude, with the check that did. */
  readonly ruledOut: readonly { readonly cause: CauseId; readonly check: CheckId }[];
  readonly unknowns: readonly MissingFact[];
  readonly verdicts: readonly Verdict[];
  /** Checks of this question that `--only` or `--skip` left out; absent when all were asked. */
  readonly notAsked?: readonly CheckId[];
  /** Every piece of evidence cited above, by id. */
  readonly evidence: Readonly<Record<Evidence['id'], Evidence>>;
  readonly scope: Scope | undefined;
  readonly pools: readonly PoolUse[];
  /** The way of each of the Service's addresses; undefined unless traffic was asked about. */
  readonly paths?: readonly AddressPath[];
  /** What the cluster cannot tell, and the tests that decide it; absent where something in it was found. */
  readonly tests?: readonly Remedy[];
  /** Commands worth running next, most useful first. */
  readonly next: readonly string[];
}
