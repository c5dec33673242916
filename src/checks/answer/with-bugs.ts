import type { Diagnosis, KnownBugMatch } from '../../core/facts/finding.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;

/** A fault of the release is told where nothing else is wrong; it never changes an answer that has a cause. */
export function withBugs(answer: Answer, knownBugs: readonly KnownBugMatch[]): Answer {
  const costly = knownBugs.filter(({ severity }) => severity === 'warning');
  const [first] = costly;
  if (answer.outcome !== 'healthy' || first === undefined) {
    return answer;
  }
  const more = costly.length > 1 ? ` (and ${costly.length - 1} more)` : '';
  return {
    outcome: 'warnings',
    headline: `nothing fails, but this release has a known fault that shows here: ${first.says}${more}`,
    next: [...answer.next, ...costly.slice(0, 2).map(({ bug }) => `triage explain ${bug}`)],
  };
}
