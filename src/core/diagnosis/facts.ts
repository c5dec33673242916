import type { IpAddress } from '../facts/ip.ts';
import type { Reading } from '../facts/reading.ts';
import type { WireLook } from '../facts/wire.ts';
import type {
  ElectionOrder,
  FactKinds,
  FactName,
  Installation,
  LogExcerpt,
} from '../facts/snapshot.ts';

/** What a check can ask for: every kind of object, and the logs of MetalLB's two programs and of others. */
export interface FactItems extends FactKinds {
  readonly controllerLogs: LogExcerpt;
  readonly speakerLogs: LogExcerpt;
  /** What others wrote, as far as a dump holds it: API servers, GitOps, whatever was pasted into a file. */
  readonly otherLogs: LogExcerpt;
  /** What was seen on the wire; `absent` when nobody looked. */
  readonly wire: WireLook;
}

export type FactKey = FactName | 'controllerLogs' | 'speakerLogs' | 'otherLogs' | 'wire';

/** What every check may know without asking: it is part of each snapshot. */
export interface Background {
  /** The only "now" there is. */
  readonly takenAt: string;
  readonly installations: readonly Installation[];
  /** The installation in question; undefined when no MetalLB was found. */
  readonly installation: Installation | undefined;
  readonly apiGroups: readonly string[] | undefined;
  readonly metallbResources: readonly string[] | undefined;
  readonly metallbDefinedAt: string | undefined;
  /** Of a shared recording, whose names do not tell it any more. */
  readonly electionOrders?: readonly ElectionOrder[] | undefined;
  /** Who cannot reach the Service in question, where somebody said it. */
  readonly client?: IpAddress | undefined;
  /** True when triage asked the API server for all of it: lists are whole, and logs reach to `takenAt`. */
  readonly firstHand: boolean;
  /** Identifies one diagnosis, so that what was computed from its facts can be remembered. */
  readonly run: object;
}

/** The facts of one check: the needed kinds as plain lists, the helping ones as readings. */
export type Facts<N extends FactKey, H extends FactKey = never> = Background & {
  readonly [K in N]: readonly FactItems[K][];
} & { readonly [K in H]: Reading<FactItems[K]> };

/**
 * A model computed from facts at most once per diagnosis. Its parameter type names the kinds it rests on,
 * so a check that calls it without declaring them as needs does not compile.
 */
export function remembered<F extends Background, R>(compute: (facts: F) => R): (facts: F) => R {
  const answers = new WeakMap<object, { readonly value: R }>();
  return (facts) => {
    const known = answers.get(facts.run);
    if (known !== undefined) {
      return known.value;
    }
    const value = compute(facts);
    answers.set(facts.run, { value });
    return value;
  };
}

/** The same for a model of one object. */
export function rememberedOf<O extends object, F extends Background, R>(
  compute: (object: O, facts: F) => R,
): (object: O, facts: F) => R {
  const answersIn = remembered<F, WeakMap<O, { readonly value: R }>>(() => new WeakMap());
  return (object, facts) => {
    const answers = answersIn(facts);
    const known = answers.get(object) ?? { value: compute(object, facts) };
    answers.set(object, known);
    return known.value;
  };
}
