const shortEscapes = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);
const plain = /^[ !#-[\]-~]*$/;
const printable = /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** The text as Go's `%q` prints it, because MetalLB's messages are compared to the letter. */
export function quoted(text: string): string {
  if (plain.test(text)) {
    return `"${text}"`;
  }
  return `"${Array.from(text, escaped).join('')}"`;
}

/** A list as Go's `%q` prints it: `["a" "b"]`. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(' ')}]`;
}

function escaped(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) {
    return short;
  }
  if (printable.test(character)) {
    return character;
  }
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return `\\x${code.toString(16).padStart(2, '0')}`;
  }
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
