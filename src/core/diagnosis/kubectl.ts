const harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** `text` as one word for a POSIX shell; names in a dump may be anything. */
export function shellWord(text: string): string {
  return harmless.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A kubectl command to paste: kubectl`-n ${namespace} get pods`. Whatever is filled in becomes part of one word. */
export function kubectl(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const filled = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + shellWord(value);
  });
  return `kubectl ${filled.join('')}`;
}
