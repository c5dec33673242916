const unsafe = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * One JSON document. What JSON allows but a terminal acts on or hides (C1 controls, bidi controls,
 * zero-width characters) is written as `\u` escapes, so a parser reads the same data.
 */
export function jsonOf(data: unknown): string {
  return `${jsonText(data, 2)}\n`;
}

/** JSON text of any value, on one line unless `indent` is given. */
export function jsonText(data: unknown, indent = 0): string {
  return JSON.stringify(data, undefined, indent).replace(unsafe, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
