const factors = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds of a time as kubectl takes it: `500ms`, `30s`, `1m30s`, or bare seconds; undefined for anything else. */
export function millisecondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    return Number(text) * 1_000;
  }
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
    .map(([, count, unit]) => Number(count) * (factors.get(unit ?? '') ?? 0))
    .reduce((sum, milliseconds) => sum + milliseconds, 0);
}
