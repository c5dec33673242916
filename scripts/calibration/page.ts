import type { Trial } from '../../test/calibration/measure.ts';

/** The measured page: what was stated against what was right, and what each loss of facts does to an answer. */
export function calibrationPage(trials: readonly Trial[]): string {
  const incidents = new Set(trials.map(({ incident }) => incident)).size;
  const answers = trials.length.toLocaleString('en');
  return [
    '# Calibration, measured',
    `Made by \`npm run calibrate\`: ${incidents} recorded incidents, each sick and healthy, whole and under ${titlesOf(trials)} mutations: ${answers} answers.`,
    'The incidents are the ones the rules were written with, so the right-hand column is an upper bound: it shows that no loss of facts, no noise and no other name turns an answer into a wrong one, not how often an answer will be right on an incident that nobody has seen.',
    '## Stated against right',
    'Every cause of severity error in every answer, by the confidence that was printed with it. Right means: the incident expects this cause, or allows it beside the expected ones.',
    table(
      ['confidence', 'times stated', 'right', 'share'],
      byConfidence(trials).map(({ confidence, times, right }) => [
        confidence.toFixed(2),
        String(times),
        String(right),
        `${((100 * right) / times).toFixed(1)} %`,
      ]),
    ),
    '## What a loss does to the answer about a sick cluster',
    'same: same causes, same confidence; less sure: same causes, lower confidence; part: one of several causes is lost; unknown: exit 3 with what to collect; unseen: nothing but the lines that are gone told of it; silent: the trouble is no longer seen; wrong: another cause is blamed.',
    table(['mutation', ...verdicts], familyRows(trials, 'sick')),
    '## What a loss does to the answer about a healthy cluster',
    'unknown is the honest answer where a right is missing; anything under wrong would be a false alarm.',
    table(['mutation', ...verdicts], familyRows(trials, 'healthy')),
    '## Confidence and outcome',
    'How the number is made: [confidence.md](confidence.md). It falls with what is not read (events, logs) and with what speaks against; it never rises by noise.',
    '',
  ].join('\n\n');
}

const verdicts = ['same', 'less sure', 'part', 'unknown', 'unseen', 'silent', 'wrong'] as const;

function titlesOf(trials: readonly Trial[]): number {
  return new Set(trials.map(({ mutation }) => mutation.title)).size - 1;
}

interface Stated {
  readonly confidence: number;
  readonly times: number;
  readonly right: number;
}

function byConfidence(trials: readonly Trial[]): readonly Stated[] {
  const stated = Map.groupBy(
    trials.flatMap((trial) => trial.stated),
    ({ confidence }) => confidence,
  );
  return [...stated]
    .toSorted(([a], [b]) => b - a)
    .map(([confidence, all]) => ({
      confidence,
      times: all.length,
      right: all.filter(({ isRight }) => isRight).length,
    }));
}

function familyRows(
  trials: readonly Trial[],
  variant: Trial['variant'],
): readonly (readonly string[])[] {
  const families = Map.groupBy(
    trials.filter((trial) => trial.variant === variant),
    ({ mutation }) => mutation.family,
  );
  return [...families].map(([family, all]) => [
    family,
    ...verdicts.map((each) => String(all.filter(({ verdict }) => verdict === each).length)),
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
