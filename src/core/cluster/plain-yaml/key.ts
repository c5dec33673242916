import { unescaped } from './scalar.ts';

const plainKey =
  /^([^\s,[\]{}#&*!|>'"%@`?:-](?:[^:#]|:(?=\S)|(?<=\S)#)*?|[?:-](?=\S)(?:[^:#]|:(?=\S)|(?<=\S)#)*?)\s*:(?:\s+(.*))?$/;
const singleQuotedKey = /^'((?:[^']|'')*)'\s*:(?:\s+(.*))?$/;
const doubleQuotedKey = /^"((?:[^"\\]|\\.)*)"\s*:(?:\s+(.*))?$/;

/** The key that a line begins with, and what follows it; undefined when it begins with none. */
export function keyIn(text: string): { readonly name: string; readonly rest: string } | undefined {
  const plain = plainKey.exec(text);
  if (plain !== null) {
    return { name: plain[1] ?? '', rest: plain[2] ?? '' };
  }
  const single = singleQuotedKey.exec(text);
  if (single !== null) {
    return { name: (single[1] ?? '').replaceAll("''", "'"), rest: single[2] ?? '' };
  }
  const double = doubleQuotedKey.exec(text);
  const name = double === null ? undefined : unescaped(double[1] ?? '');
  return name === undefined ? undefined : { name, rest: double?.[2] ?? '' };
}
