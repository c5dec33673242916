import type { Check } from '../../../core/diagnosis/check.ts';
import type { FactKey } from '../../../core/diagnosis/facts.ts';
import { unknownAmong } from '../../../core/diagnosis/judge.ts';
import type { Material } from '../../../core/diagnosis/material.ts';
import type { MissingFact, RootCause, Verdict } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type { PathStep } from '../../../core/facts/path.ts';

/** What the way of an address is drawn from. */
export interface PathScene {
  readonly service: Service;
  readonly material: Material;
  /** Every check that was asked, so that a cause can be put where it strikes. */
  readonly checks: readonly Check[];
  readonly verdicts: readonly Verdict[];
  /** Ranked; also those that somebody answers for. */
  readonly rootCauses: readonly RootCause[];
}

/** What the configuration and the objects say of one question, before the checks are heard. */
export interface Known extends Pick<PathStep, 'answer' | 'says'> {
  /** Names of the facts without which the question cannot be answered. */
  readonly without?: readonly string[];
}

/** What of these kinds is not known for this Service; nothing when all is. A kind that is not served has no objects. */
export function missingFor(
  keys: readonly FactKey[],
  { material, service }: PathScene,
): readonly MissingFact[] {
  const scope = { enoughInNamespace: ['endpointSlices'] as const, everywhere: [] };
  const served = keys.filter((key) => material.readings[key].state !== 'absent');
  return unknownAmong(scope, served, { material, subject: service });
}

/** The answer where facts are missing. */
export function unknownWithout(missing: readonly MissingFact[]): Known {
  const facts = [...new Set(missing.map(({ fact }) => fact))];
  return {
    answer: 'unknown',
    says: `cannot be said without ${facts.join(', ')}`,
    without: facts,
  };
}

const worst = ['broken', 'doubtful', 'unknown', 'not-looked', 'good'] as const;

/** One answer out of several ways: broken where each is, doubtful where some are. */
export function together(ways: readonly Known[]): Known {
  const says = ways.map((way) => way.says).join('; ');
  const answers = ways.map(({ answer }) => answer);
  const isMixed = answers.includes('broken') && answers.some((answer) => answer !== 'broken');
  const answer = isMixed ? 'doubtful' : worst.find((each) => answers.includes(each));
  return { answer: answer ?? 'not-looked', says };
}
