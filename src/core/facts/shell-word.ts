const harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** `text` as one word for a POSIX shell; names in a dump may be anything. */
export function shellWord(text: string): string {
  return harmless.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
