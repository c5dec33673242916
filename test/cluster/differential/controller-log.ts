import { closeSync, openSync, readSync } from 'node:fs';

/** One line the controller said, as JSON; the debug level tells every event before any filter. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Reads what a program added to its log since it was last asked. */
export class LogTail {
  readonly #file: string;
  #offset = 0;
  #rest = '';

  constructor(file: string) {
    this.#file = file;
  }

  /** New whole lines; what is no JSON (a panic, for example) comes as `text`. */
  read(): readonly LogLine[] {
    const chunk = Buffer.alloc(1 << 20);
    const handle = openSync(this.#file, 'r');
    try {
      for (;;) {
        const count = readSync(handle, chunk, 0, chunk.length, this.#offset);
        if (count === 0) {
          break;
        }
        this.#offset += count;
        this.#rest += chunk.toString('latin1', 0, count);
      }
    } finally {
      closeSync(handle);
    }
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter((line) => line !== '').map(parsed);
  }
}

/** The text of a field, or nothing. */
export function textOf(line: LogLine, key: string): string {
  const value = line[key];
  return typeof value === 'string' ? value : '';
}

/** Bytes above ASCII were kept one by one until the line was whole. */
function parsed(line: string): LogLine {
  const text = Buffer.from(line, 'latin1').toString('utf8');
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { text };
  }
}
