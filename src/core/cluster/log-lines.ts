import { cut } from './parse/fields.ts';

/** How many lines of a log are kept, live or recorded. */
export const lastLines = 200;

/** The last lines of a log, each cut to what is kept. */
export function logLines(content: string): readonly string[] {
  const lines = content.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const whole = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return whole.slice(-lastLines).map((line) => cut(line.replace(decoration, '')));
}

/** What `kubectl logs --prefix` and `--timestamps` put before each line of the program itself. */
const decoration =
  /^(?:\[pod\/[^\]\s]+\] )?(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (?=\S))?/;
