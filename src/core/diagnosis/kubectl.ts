import { shellWord } from '../facts/shell-word.ts';

export { shellWord } from '../facts/shell-word.ts';

/** A kubectl command to paste: kubectl`-n ${namespace} get pods`. Whatever is filled in becomes part of one word. */
export function kubectl(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const filled = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + shellWord(value);
  });
  return `kubectl ${filled.join('')}`;
}
