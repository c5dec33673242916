import type { ReportHead } from '../facts/report-head.ts';
import { costOf } from './amounts.ts';
import { commandLine, section, type Line, type Section } from './layout.ts';
import type { Ink } from './style.ts';

const stoppedEarly: Line = {
  text: 'stopped early: this rests on the part of the cluster that was read by then',
  inks: ['yellow'],
};

/** The answer itself, and whether it rests on a part. */
export function headSection(
  headline: string,
  inks: readonly Ink[],
  { interrupted }: Pick<ReportHead, 'interrupted'>,
): Section {
  const line: Line = { text: headline, inks };
  return { label: '', lines: interrupted ? [line, stoppedEarly] : [line] };
}

/** What the reading cost; nothing where no server was asked. */
export function costSection({ receipt }: Pick<ReportHead, 'receipt'>): Section {
  const cost = costOf(receipt);
  return section('', cost === undefined ? [] : [cost]);
}

/** How many rows are not shown. */
export function restTexts(rest: number, what: string): readonly string[] {
  return rest > 0 ? [`and ${rest} more ${what} (-v shows all)`] : [];
}

const withCommand = /^(.*:) (triage .*)$/s;

/** Remarks; a command that one ends with stands on lines of its own, to be pasted. */
export function noteSection(notes: readonly string[]): Section {
  return {
    label: 'note',
    lines: notes.flatMap((note): readonly Line[] => {
      const [, text, command] = withCommand.exec(note) ?? [];
      return text === undefined || command === undefined
        ? [{ text: note }]
        : [{ text }, commandLine(command, 2)];
    }),
  };
}
