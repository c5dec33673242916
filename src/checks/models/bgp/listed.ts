/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], shown = 4): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
