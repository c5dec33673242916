import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { LogExcerpt } from '../../../core/facts/snapshot.ts';
import type { Reading } from '../../../core/facts/reading.ts';
import { agoText } from '../ages.ts';
import { crashRemedies, killedText, networkRemedies } from './crash-remedies.ts';
import { hintFor, isCutOff } from './hints.ts';
import { lastWordsOf, reasonBehind, shortWords } from './last-words.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';
import type { Program } from './programs.ts';
import { everyoneOr } from '../reach.ts';
import { refOf } from '../references.ts';
import { seenField, seenLine } from '../seen.ts';
import { leftLines, severityOfPods } from './speakers-left.ts';
import { podNames, type Troubled, troubledPods } from './troubled-pods.ts';

const podsShown = 4;

/** What is known of a program that ends again and again. */
export interface CrashScene {
  readonly program: Program | undefined;
  readonly logs: Reading<LogExcerpt>;
  readonly takenAt: string;
}

/** Pods of `program` that crash in a loop, as one finding with the last words of the first. */
export function crashFindings(scene: CrashScene, subject: Subject): readonly Found[] {
  const { program, logs, takenAt } = scene;
  const troubled = program === undefined ? [] : troubledPods(program, 'crash', takenAt);
  const [first] = troubled;
  if (program === undefined || first === undefined) {
    return [];
  }
  const { container } = first.trouble;
  const lines = logLines(logs, takenAt).filter((line) => line.container === container);
  const last = lastWordsOf(lines, first.pod.metadata.name);
  const reason = last && reasonBehind(last, lines);
  const isOffline = isCutOff((reason ?? last)?.text ?? '');
  return [
    {
      cause: `${program.name}-crash-looping`,
      severity: severityOfPods(program, takenAt),
      about: refOf(first.pod),
      affects: everyoneOr(subject),
      says: `${whatCrashes(program, container)} crashes again and again${networkText(isOffline, first)}`,
      details: [
        ...endingsOf(troubled, takenAt),
        ...wordsOf(first, last, reason),
        ...killedText(first),
        ...leftLines(program, takenAt),
      ],
      because: evidenceOf(first, [last, reason]),
      suggests: isOffline ? networkRemedies(program, first) : crashRemedies(program, first),
    },
  ];
}

/** Injected and helping containers keep a pod down as well, and are no fault of the program. */
function whatCrashes({ name }: Program, container: string): string {
  return container.includes(name)
    ? `MetalLB's ${name}`
    : `container ${container} in the pod of MetalLB's ${name}`;
}

function endingsOf(troubled: readonly Troubled<'crash'>[], now: string): readonly string[] {
  return [
    ...troubled.slice(0, podsShown).map(({ pod, trouble }) => {
      const ended = `last end${agoText(trouble.lastEnd, now)}: ${trouble.exit}`;
      return `${podNames([{ pod }])}: ${trouble.restarts} restarts, ${ended}`;
    }),
    ...(troubled.length > podsShown ? [`and ${troubled.length - podsShown} more pods`] : []),
  ];
}

function wordsOf(
  { trouble }: Troubled<'crash'>,
  last: LogLine | undefined,
  reason: LogLine | undefined,
): readonly string[] {
  if (trouble.unstarted !== undefined) {
    return [
      `it never ran: ${trouble.unstarted}`,
      'that is the container runtime of the node: its log is empty',
    ];
  }
  if (last === undefined) {
    return ['its last words are not known: the log of the run before was not read'];
  }
  const hint = hintFor((reason ?? last).text);
  return [
    `last words: ${shortWords(last)}`,
    ...(reason === undefined ? [] : [`and before that: ${shortWords(reason)}`]),
    ...(hint === undefined ? [] : [hint]),
  ];
}

function evidenceOf(
  { pod, trouble }: Troubled<'crash'>,
  said: readonly (LogLine | undefined)[],
): readonly Evidence[] {
  const path = `status.containerStatuses[${trouble.container}].restartCount`;
  return [
    seenField(refOf(pod), path, String(trouble.restarts)),
    ...said.filter((line) => line !== undefined).map(seenLine),
  ];
}

/** A roll-out back would not help: the way from the pod to the API server is what broke. */
function networkText(isOffline: boolean, { pod }: Troubled<'crash'>): string {
  const { nodeName } = pod.spec;
  const where = nodeName === undefined ? '' : ` from ${nodeName}`;
  return isOffline ? `: it cannot reach the API server${where}` : '';
}
