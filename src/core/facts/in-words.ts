/** `1 cause`, `3 causes`. */
export function plural(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

/** The first of many, of which not all need be at hand: `web-1, web-2, web-3, web-4 and 3 more`. */
export function someOf(names: readonly string[], most = 4, count = names.length): string {
  const shown = names.slice(0, most);
  const rest = count - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
