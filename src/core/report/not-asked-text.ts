import type { Diagnosis } from '../facts/finding.ts';
import type { Section } from './layout.ts';
import type { Canvas } from './style.ts';
import { plural } from '../facts/in-words.ts';

const shown = 5;

/** `skipped`: the checks that `--only` or `--skip` left out; all of their names with -v. */
export function notAskedSection(
  { notAsked = [] }: Pick<Diagnosis, 'notAsked'>,
  { verbose, wide }: Pick<Canvas, 'verbose' | 'wide'>,
): readonly Section[] {
  const isAll = verbose || wide || notAsked.length <= shown;
  const names = isAll ? notAsked : notAsked.slice(0, shown);
  const rest = isAll ? '' : ` and ${notAsked.length - shown} more (-v)`;
  return notAsked.length === 0
    ? []
    : [
        {
          label: 'skipped',
          lines: [{ text: `${skippedText(notAsked)}: ${names.join(', ')}${rest}` }],
        },
      ];
}

/** `2 checks were not asked, as --only or --skip wanted`. */
export function skippedText(notAsked: readonly string[]): string {
  const verb = notAsked.length === 1 ? 'was' : 'were';
  return `${plural(notAsked.length, 'check')} ${verb} not asked (--only, --skip)`;
}
