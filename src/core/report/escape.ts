/**
 * Everything that could move the cursor, change colours, reorder or hide text: control and format
 * characters (escape sequences, bidi controls, zero-width and tag characters), line separators, characters
 * that terminals leave out, lone surrogates.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

const short = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Text from a cluster as it may be shown: what a terminal would act on or hide is written out (`\x1b`, `\u202e`). */
export function visible(text: string): string {
  return text.replace(unseen, (character) => short.get(character) ?? codeOf(character));
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) {
    return `\\x${digits.padStart(2, '0')}`;
  }
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}

const plainTwins = new Map([
  ['·', '-'],
  ['•', '*'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
  ['→', '->'],
  ['≤', '<='],
  ['≥', '>='],
  ['×', 'x'],
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
]);

/** The same text for a terminal that shows ASCII only: our own signs get plain twins, the rest is written out. */
export function asciiOnly(text: string): string {
  return text.replace(/\P{ASCII}/gu, (character) => plainTwins.get(character) ?? codeOf(character));
}
