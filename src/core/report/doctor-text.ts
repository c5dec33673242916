import type { Section } from './layout.ts';
import { laidOut } from './layout.ts';
import type { Canvas, Ink } from './style.ts';

/** One thing that was looked at from where the person stands. */
export interface Examination {
  /** `kubeconfig`, `server`, `list services`. */
  readonly topic: string;
  readonly state: 'works' | 'limited' | 'fails';
  readonly says: string;
  /** How to mend it; empty when it works. */
  readonly mend: readonly string[];
}

const words = { works: 'ok', limited: 'LIMITED', fails: 'FAILS' } as const;
const inks: Readonly<Record<Examination['state'], readonly Ink[]>> = {
  works: [],
  limited: ['yellow'],
  fails: ['red'],
};

/** What works from here and what does not; the way to mend each stands under it. */
export function doctorText(examinations: readonly Examination[], canvas: Canvas): string {
  const sections = examinations.map((each, index): Section => {
    const mend = isSaidLater(each, examinations.slice(index + 1)) ? [] : each.mend;
    return {
      label: words[each.state],
      lines: [
        { text: `${each.topic}: ${each.says}`, inks: inks[each.state] },
        ...mend.map((text) => ({ text, kind: kindOf(text), indent: 4 })),
      ],
    };
  });
  return laidOut([sections, [lastLine(examinations)]], canvas);
}

/** One remedy for many stands under the last of them. */
function isSaidLater({ mend }: Examination, later: readonly Examination[]): boolean {
  return later.some((each) => each.mend.join('\n') === mend.join('\n'));
}

function kindOf(text: string): 'command' | 'text' {
  return /^(?:triage|kubectl|export) /.test(text) ? 'command' : 'text';
}

function lastLine(examinations: readonly Examination[]): Section {
  const failing = examinations.filter(({ state }) => state !== 'works').length;
  const text =
    failing === 0
      ? 'everything works from here'
      : `${examinations.length - failing} of ${examinations.length} work from here`;
  return { label: '', lines: [{ text, inks: ['bold'] }] };
}
