import type { VectorCase, VectorStep } from '../../test/core/metallb/vector-cases.ts';
import { answerDisagreement, disagreement } from '../../test/core/metallb/vector-comparison.ts';
import { replay } from '../../test/core/metallb/vector-search.ts';
import type { Comparison, Miss } from '../../test/core/metallb/vector-search.ts';
import { missingFromSets } from './possible-addresses.ts';
import type { Disagreement, Verdict } from './verdict.ts';

/** Lets our controller take the recorded course and says where it went another way. */
export function judgeAllocation(recorded: VectorCase, where: string): Verdict {
  const { id, version, mode } = recorded;
  const whole = missOf(recorded, disagreement);
  const answers = whole && missOf(recorded, answerDisagreement);
  const sets = answers === undefined ? missingFromSets(recorded) : undefined;
  return {
    id,
    version,
    mode: mode ?? 'none',
    where,
    disagreement: answers ?? sets?.missing[0],
    detail: answers === undefined ? whole : undefined,
    sets: sets?.checked ?? 0,
    notFollowed: sets?.notFollowed ?? 0,
  };
}

function missOf(recorded: VectorCase, comparison: Comparison): Disagreement | undefined {
  try {
    const result = replay(recorded, comparison);
    return result.matched ? undefined : shown(recorded, result);
  } catch (error) {
    const why = `ours broke down: ${error instanceof Error ? error.stack : String(error)}`;
    return shown(recorded, { step: 0, why, ours: {} });
  }
}

function shown({ steps, outcomes }: VectorCase, { step, why, ours }: Miss): Disagreement {
  const recorded = outcomes.flatMap((outcome) => {
    const result = outcome.steps[step];
    return result === undefined ? [] : [JSON.stringify(result)];
  });
  return {
    step: step + 1,
    steps: steps.length,
    did: describe(steps[step]),
    why,
    recorded: [...new Set(recorded)],
    ours: JSON.stringify(ours),
  };
}

/** `apply Service shop/web, IPAddressPool metallb-system/gold`. */
export function describe(step: VectorStep | undefined): string {
  const named = (kind: string, { namespace, name }: { namespace?: string; name: string }): string =>
    `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const removed = (step?.delete ?? []).map((ref) => `without ${named(ref.kind, ref)}`);
  const put = (step?.objects ?? []).map(({ kind, metadata }) => named(kind, metadata));
  return [step?.op, [...removed, ...put].join(', ')].join(' ').trim();
}
