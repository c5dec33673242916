import type { Disagreement, Verdict } from './verdict.ts';

const disagreementsShown = 10;
const coursesShown = 3;

/** Everything `npm run vectors` prints about its verdicts: the two lines, the disagreements, the table. */
export function summaryOf(verdicts: readonly Verdict[]): string {
  const wrong = verdicts.filter(({ disagreement }) => disagreement !== undefined);
  const loose = verdicts.filter(({ detail }) => detail !== undefined);
  const sets = verdicts.reduce((sum, verdict) => sum + verdict.sets, 0);
  const notFollowed = verdicts.reduce((sum, verdict) => sum + (verdict.notFollowed ?? 0), 0);
  const apart = wrong.length + loose.length;
  return [
    `${verdicts.length - wrong.length} agree, ${wrong.length} disagree`,
    `events, texts and figures: ${verdicts.length - apart} agree, ${apart} disagree`,
    `possible addresses: ${sets} recorded ones looked for in what the commands would show`,
    `recorded courses beside the one agreed with that ours was not led to: ${notFollowed}`,
    ...section('disagreements', wrong, (verdict) => verdict.disagreement),
    ...section('differing in events, texts or figures', loose, (verdict) => verdict.detail),
    '',
    ...tableOf(verdicts),
    '',
  ].join('\n');
}

function section(
  title: string,
  verdicts: readonly Verdict[],
  of: (verdict: Verdict) => Disagreement | undefined,
): readonly string[] {
  if (verdicts.length === 0) {
    return [];
  }
  const shown = verdicts.slice(0, disagreementsShown);
  const heading = `${title}, ${shown.length} of ${verdicts.length}:`;
  return ['', heading, ...shown.flatMap((verdict) => inFull(verdict, of(verdict)))];
}

function inFull(
  { id, version, mode, where }: Verdict,
  disagreement: Disagreement | undefined,
): readonly string[] {
  if (disagreement === undefined) {
    return [];
  }
  const { step, steps, did, why, recorded, ours } = disagreement;
  const more = recorded.length - coursesShown;
  return [
    '',
    `${id}  (${version}, ${mode}, ${where})`,
    `  step ${step} of ${steps}: ${did}`,
    `  differs: ${why}`,
    ...recorded.slice(0, coursesShown).map((text) => `  recorded: ${text}`),
    ...(more > 0 ? [`  recorded: ${more} more courses`] : []),
    `  ours:     ${ours}`,
  ];
}

/** One row per release and mode. */
function tableOf(verdicts: readonly Verdict[]): readonly string[] {
  const groups = Map.groupBy(verdicts, ({ version, mode }) => `${version} ${mode}`);
  const rows = [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, group]) => rowOf(group));
  const header = ['release', 'mode', 'cases', 'agree', 'disagree', 'details differ'];
  const widths = header.map((text, column) =>
    Math.max(text.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [header, ...rows].map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function rowOf(group: readonly Verdict[]): readonly string[] {
  const [first] = group;
  const wrong = group.filter(({ disagreement }) => disagreement !== undefined).length;
  const loose = group.filter(({ detail }) => detail !== undefined).length;
  const figures = [group.length, group.length - wrong, wrong, loose].map(String);
  return [first?.version ?? '', first?.mode ?? '', ...figures];
}
