const longest = 200;

/** What a parser says, as a person reads it: line breaks and tabs, real or written out, are spaces. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll(/\\[nrt]|\s+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
