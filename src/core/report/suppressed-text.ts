import type { Diagnosis, SuppressedCause } from '../facts/finding.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { Section } from './layout.ts';
import { plural } from '../facts/in-words.ts';

/** `silent`: what was found and is left out, who answers for it, and until when. */
export function suppressedSection({
  suppressed,
}: Pick<Diagnosis, 'suppressed'>): readonly Section[] {
  const head = { text: `${plural(suppressed.length, 'finding')} suppressed:` };
  const lines = suppressed.map((each) => ({ text: suppressedText(each) }));
  return suppressed.length === 0 ? [] : [{ label: 'silent', lines: [head, ...lines] }];
}

/** `pool-nearly-full on IPAddressPool metallb-system/lan until 2026-12-31 (network: grows in May)`. */
export function suppressedText(each: SuppressedCause): string {
  const { cause, about, expires, owner, reason, knownBugs = [] } = each;
  const bugs = knownBugs.length === 0 ? '' : `, and ${knownBugs.join(', ')} with it`;
  return `${cause} on ${about.kind} ${keyOf(about)} until ${expires} (${owner}: ${reason})${bugs}`;
}
