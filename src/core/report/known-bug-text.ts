import type { Diagnosis, KnownBugMatch } from '../facts/finding.ts';
import type { Line, Section } from './layout.ts';
import { plural } from '../facts/in-words.ts';

/** `bugs`: the faults of this release that show, where they are mended, and how to live with them. */
export function bugsSection({ knownBugs, headline }: Diagnosis): readonly Section[] {
  const lines = knownBugs.flatMap((match) => bugLines(match, headline));
  return lines.length === 0 ? [] : [{ label: 'bugs', lines }];
}

function bugLines(match: KnownBugMatch, headline: string): readonly Line[] {
  const isTold = headline.includes(match.says);
  return [
    { text: bugHead(match), inks: match.severity === 'info' ? [] : ['yellow'] },
    ...(isTold ? [] : [{ text: match.says, indent: 2 }]),
    { text: `way round: ${match.workaround}`, indent: 2 },
  ];
}

/** `metallb#2656, fixed in v0.15.0, behind pool-not-for-service: A pool that only …`. */
export function bugHead({ bug, title, fixedIn, accountsFor }: KnownBugMatch): string {
  const mended = fixedIn === undefined ? 'no release known to mend it' : `fixed in ${fixedIn}`;
  const behind = accountsFor === undefined ? '' : `, behind ${accountsFor}`;
  return `${bug}, ${mended}${behind}: ${title}`;
}

/** For the one line of an answer that is well: what does no harm is counted there, and told with -v. */
export function quietBugs({ knownBugs }: Diagnosis): string {
  return knownBugs.length === 0 ? '' : ` · ${plural(knownBugs.length, 'known bug')} (-v)`;
}
