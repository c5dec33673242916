import type { CauseId, CheckId, Finding, Symptom } from '../facts/finding.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { PathQuestion } from '../facts/path.ts';
import type { Basis } from './confidence.ts';
import type { FactKey, Facts } from './facts.ts';
import { factsFrom, type Material } from './material.ts';

/** The Service in question, or undefined when the question is about the whole cluster. */
export type Subject = Service | undefined;

/** A finding as a check writes it; the engine adds which check it was. */
export type Found = Omit<Finding, 'check'>;

/** One question to the facts, as its file writes it down. */
export interface CheckSpec<N extends FactKey, H extends FactKey> {
  readonly id: CheckId;
  /** The question, ending in a question mark; `pass` means "nothing wrong here". */
  readonly asks: string;
  readonly symptoms: readonly Symptom[];
  /** Causes it can find, and rules out when it passes. */
  readonly causes: readonly CauseId[];
  /** Must be known completely, or the answer is `unknown`. */
  readonly needs: readonly N[];
  /** May add evidence, never decide. */
  readonly helps: readonly H[];
  /** Where on the way to the endpoints its findings lie; what lies first is told first when traffic is asked about. */
  readonly link?: PathQuestion;
  /** What the findings rest on; it decides the confidence. Default `derived`. */
  readonly basis?: Basis;
  /** It finds its causes by what events say of any object: where only some were read, it cannot pass. */
  readonly byWordsAlone?: boolean;
  /** Needs for which the subject's namespace is enough when there is a subject. */
  readonly enoughInNamespace?: readonly (N | H)[];
  /** Needs that must be known in all namespaces although they are usually MetalLB's own. */
  readonly everywhere?: readonly (N | H)[];
  /** Helps that this cluster's configuration turns into needs. */
  readonly alsoNeeds?: (facts: Facts<N, H>, subject: Subject) => readonly H[];
  /** Why the question does not arise here; undefined when it does. */
  readonly skipWhen?: (facts: Facts<N, H>, subject: Subject) => string | undefined;
  readonly run: (facts: Facts<N, H>, subject: Subject) => readonly Found[];
}

/** A check as the engine sees it: the fact types are sealed inside. */
export interface Check {
  readonly id: CheckId;
  readonly asks: string;
  readonly symptoms: readonly Symptom[];
  readonly causes: readonly CauseId[];
  readonly needs: readonly FactKey[];
  readonly helps: readonly FactKey[];
  readonly link: PathQuestion | undefined;
  readonly basis: Basis;
  readonly byWordsAlone: boolean;
  readonly enoughInNamespace: readonly FactKey[];
  readonly everywhere: readonly FactKey[];
  readonly alsoNeeds: (material: Material, subject: Subject) => readonly FactKey[];
  readonly skipWhen: (material: Material, subject: Subject) => string | undefined;
  readonly run: (material: Material, subject: Subject) => readonly Finding[];
}

/** Seals a check: `run` is only ever called with the facts it declared. */
export function defineCheck<const N extends FactKey, const H extends FactKey = never>(
  spec: CheckSpec<N, H>,
): Check {
  const factsOf = onceEach((material: Material) => factsFrom(material, spec.needs, spec.helps));
  return {
    id: spec.id,
    asks: spec.asks,
    symptoms: spec.symptoms,
    causes: spec.causes,
    needs: spec.needs,
    helps: spec.helps,
    link: spec.link,
    basis: spec.basis ?? 'derived',
    byWordsAlone: spec.byWordsAlone ?? false,
    enoughInNamespace: spec.enoughInNamespace ?? [],
    everywhere: spec.everywhere ?? [],
    alsoNeeds: (material, subject) => spec.alsoNeeds?.(factsOf(material), subject) ?? [],
    skipWhen: (material, subject) => spec.skipWhen?.(factsOf(material), subject),
    run: (material, subject) =>
      spec.run(factsOf(material), subject).map((found) => ({ check: spec.id, ...found })),
  };
}

/** A check is asked up to three times of the same material. */
function onceEach<T>(make: (material: Material) => T): (material: Material) => T {
  const known = new WeakMap<Material, T>();
  return (material) => {
    const before = known.get(material) ?? make(material);
    known.set(material, before);
    return before;
  };
}
