import type { Facts } from '../../../core/diagnosis/facts.ts';
import { ageMs } from '../ages.ts';
import { speakerOn, type SpeakerFacts } from '../announcing/speaker-on.ts';
import { logLines, type LogLine } from '../testimony/log-lines.ts';

/** A node whose FRR does not take what its speaker wrote for it. */
export interface ReloadFailure {
  readonly node: string;
  readonly line: LogLine;
}

/** The speaker hands the same over again and again, and looks at the outcome every half minute. */
const currentMs = 10 * 60_000;

/** In FRR mode the speaker itself says whether FRR took its configuration (#1888); its last word counts. */
export function reloadFailures(
  nodes: readonly string[],
  facts: SpeakerFacts & Facts<never, 'speakerLogs'>,
): readonly ReloadFailure[] {
  const told = logLines(facts.speakerLogs, facts.takenAt).filter(
    ({ previous, values }) => !previous && /^reload(?:-validate)?$/.test(values.get('op') ?? ''),
  );
  const byPod = Map.groupBy(told, ({ pod }) => pod);
  return nodes.flatMap((node) => {
    const pod = speakerOn(node, facts).pod?.metadata.name ?? '';
    const line = byPod.get(pod)?.findLast(({ values }) => isOutcome(values));
    const age = ageMs(line?.at, facts.takenAt);
    const isNow = age !== undefined && age <= currentMs;
    return line !== undefined && isNow && line.values.has('error') ? [{ node, line }] : [];
  });
}

/** Everything but what debug logs say of configurations they leave alone. */
function isOutcome(values: LogLine['values']): boolean {
  return values.has('error') || values.has('success');
}
