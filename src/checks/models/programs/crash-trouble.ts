import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { LogExcerpt } from '../../../core/facts/snapshot.ts';
import type { Reading } from '../../../core/facts/reading.ts';
import { agoText } from '../ages.ts';
import { hintFor, isCutOff } from './hints.ts';
import { lastWordsOf, shortWords } from './last-words.ts';
import { type LogLine, logLines } from '../words/log-lines.ts';
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
  const lastWords = lastWordsOf(lines, first.pod.metadata.name);
  const isOffline = lastWords !== undefined && isCutOff(lastWords.text);
  return [
    {
      cause: `${program.name}-crash-looping`,
      severity: severityOfPods(program, takenAt),
      about: refOf(first.pod),
      affects: everyoneOr(subject),
      says: `MetalLB's ${program.name} crashes again and again${networkText(isOffline, first)}`,
      details: [...detailsOf(troubled, lastWords, takenAt), ...leftLines(program, takenAt)],
      because: evidenceOf(first, lastWords),
      suggests: isOffline ? networkRemedies(program, first) : remediesFor(program, first),
    },
  ];
}

function detailsOf(
  troubled: readonly Troubled<'crash'>[],
  lastWords: LogLine | undefined,
  now: string,
): readonly string[] {
  return [
    ...troubled.slice(0, podsShown).map(({ pod, trouble }) => {
      const ended = `last end${agoText(trouble.lastEnd, now)}: ${trouble.exit}`;
      return `${podNames([{ pod }])}: ${trouble.restarts} restarts, ${ended}`;
    }),
    ...(troubled.length > podsShown ? [`and ${troubled.length - podsShown} more pods`] : []),
    ...(lastWords === undefined
      ? ['its last words are not known: the log of the run before was not read']
      : [`last words: ${shortWords(lastWords)}`, ...meaningOf(lastWords)]),
    ...(troubled.some(({ trouble }) => trouble.exit.startsWith('OOMKilled'))
      ? ['it was killed for using more memory than its limit']
      : []),
  ];
}

function meaningOf(lastWords: LogLine): readonly string[] {
  const hint = hintFor(lastWords.text);
  return hint === undefined ? [] : [hint];
}

function evidenceOf(
  { pod, trouble }: Troubled<'crash'>,
  lastWords: LogLine | undefined,
): readonly Evidence[] {
  const path = `status.containerStatuses[${trouble.container}].restartCount`;
  return [
    seenField(refOf(pod), path, String(trouble.restarts)),
    ...(lastWords === undefined ? [] : [seenLine(lastWords)]),
  ];
}

/** A roll-out back would not help: the way from the pod to the API server is what broke. */
function networkText(isOffline: boolean, { pod }: Troubled<'crash'>): string {
  const { nodeName } = pod.spec;
  const where = nodeName === undefined ? '' : ` from ${nodeName}`;
  return isOffline ? `: it cannot reach the API server${where}` : '';
}

function networkRemedies(program: Program, first: Troubled<'crash'>): readonly Remedy[] {
  const { nodeName } = first.pod.spec;
  return [
    {
      says: 'look at the pod network (CNI) and kube-proxy of its node, not at MetalLB',
      command:
        nodeName === undefined
          ? 'kubectl -n kube-system get pods -o wide'
          : kubectl`-n kube-system get pods -o wide --field-selector ${`spec.nodeName=${nodeName}`}`,
      mutates: false,
    },
    readLastWords(program, first),
  ];
}

function readLastWords({ namespace }: Program, { pod, trouble }: Troubled<'crash'>): Remedy {
  return {
    says: 'read what it said before it ended, and mend that',
    command: kubectl`-n ${namespace} logs ${pod.metadata.name} -c ${trouble.container} --previous --tail=50`,
    mutates: false,
  };
}

function remediesFor(program: Program, first: Troubled<'crash'>): readonly Remedy[] {
  return [
    readLastWords(program, first),
    {
      says: 'if it began with a roll-out, go back',
      command: kubectl`-n ${program.namespace} rollout undo ${program.handle}`,
      mutates: true,
    },
  ];
}
