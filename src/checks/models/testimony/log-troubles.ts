import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Pod } from '../../../core/facts/kube-objects.ts';
import { ageMs } from '../ages.ts';
import { lastWordsOf } from '../programs/last-words.ts';
import { type LogLine, logLines } from './log-lines.ts';
import type { Program } from '../programs/programs.ts';
import { troubleOf } from '../programs/pod-trouble.ts';

type LogFacts = Facts<never, 'controllerLogs' | 'speakerLogs'>;

/** A pod, and the newest line of its log that complains of one thing. */
export interface Complaint {
  readonly pod: Pod;
  readonly line: LogLine;
}

/** client-go tries again every minute at the least; what was not said for longer is over. */
const saidAgainMs = 3 * 60_000;
/** A crashed run's last words stand for the run that is to follow. */
const lastWordsMs = 30 * 60_000;
const isRepeated = 2;

/**
 * The pods of a program whose log says, and goes on saying, what `words` describe: in the last words of a run that
 * crashed, or again and again up to now. One line on a quiet log is a hiccup.
 */
export function complaintsOf(
  program: Program | undefined,
  words: RegExp,
  facts: LogFacts,
): readonly Complaint[] {
  if (program === undefined) {
    return [];
  }
  const reading = program.name === 'controller' ? facts.controllerLogs : facts.speakerLogs;
  const byPod = Map.groupBy(logLines(reading, facts.takenAt), ({ pod }) => pod);
  return program.pods.flatMap((pod) => {
    const lines = byPod.get(pod.metadata.name) ?? [];
    const line = lastWord(pod, lines, { words, now: facts.takenAt }) ?? going(lines);
    return line === undefined ? [] : [{ pod, line }];
  });

  function going(lines: readonly LogLine[]): LogLine | undefined {
    const said = lines.filter(
      (line) =>
        !line.previous &&
        line.at !== undefined &&
        words.test(line.text) &&
        (ageMs(line.at, facts.takenAt) ?? 0) <= saidAgainMs * 2,
    );
    const newest = said.at(-1);
    return said.length >= isRepeated && (ageMs(newest?.at, facts.takenAt) ?? 0) <= saidAgainMs
      ? newest
      : undefined;
  }
}

interface Sought {
  readonly words: RegExp;
  readonly now: string;
}

function lastWord(
  pod: Pod,
  lines: readonly LogLine[],
  { words, now }: Sought,
): LogLine | undefined {
  const trouble = troubleOf(pod, now);
  if (trouble === undefined) {
    return undefined;
  }
  const last = lastWordsOf(lines, pod.metadata.name);
  const age = ageMs(last?.at, now);
  const isFresh = trouble.kind === 'crash' || age === undefined || age <= lastWordsMs;
  return last !== undefined && isFresh && words.test(last.text) ? last : undefined;
}
