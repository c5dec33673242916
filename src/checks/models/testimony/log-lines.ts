import type { LogExcerpt } from '../../../core/facts/snapshot.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';

/** One line of a program's log. MetalLB writes JSON; client-go and Go's panics write plain text. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  /** RFC 3339, when the line says so itself. */
  readonly at: string | undefined;
  readonly level: 'error' | 'other';
  /** The line as it stands. */
  readonly text: string;
  /** What is wrong in words: the `error` of a JSON line, or the text without its klog head. */
  readonly words: string;
  /** The values of a JSON line that are text. */
  readonly values: ReadonlyMap<string, string>;
}

const klogStamp = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d)/;
/** How Go's own HTTP server writes of handshakes that fail; containers keep UTC. */
const goStamp = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) /;
const klogHead = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [^\]]+\] /;
/** Among them what Go says of a flag it does not know, above twenty lines of usage. */
const startsTrouble =
  /^(?:[EF]\d{4} |panic: |fatal error: |runtime error|Error: |flag provided but not defined|invalid (?:boolean )?value ")/;

/** Every line of these logs, oldest first within one container; `now` lends klog's times their year. */
export function logLines(reading: Reading<LogExcerpt>, now: string): readonly LogLine[] {
  return itemsIfRead(reading).flatMap((excerpt) => linesOf(excerpt, now));
}

/** Many checks and bugs ask the same logs. */
const known = new WeakMap<
  LogExcerpt,
  { readonly now: string; readonly lines: readonly LogLine[] }
>();

function linesOf(excerpt: LogExcerpt, now: string): readonly LogLine[] {
  const before = known.get(excerpt);
  if (before?.now === now) {
    return before.lines;
  }
  const lines = itemsIfRead(excerpt.lines)
    .filter((text) => text.trim() !== '')
    .map((text) => parsedLine(excerpt, text, now));
  known.set(excerpt, { now, lines });
  return lines;
}

function parsedLine(excerpt: LogExcerpt, text: string, now: string): LogLine {
  const { pod, container, previous } = excerpt;
  const values = valuesOf(text);
  return {
    pod,
    container,
    previous,
    at: timeOf(values) ?? klogTime(text, now) ?? goTime(text),
    level: isTrouble(text, values) ? 'error' : 'other',
    text,
    words: values.get('error') ?? values.get('msg') ?? text.replace(klogHead, ''),
    values,
  };
}

function klogTime(text: string, now: string): string | undefined {
  const [, month, day, time] = klogStamp.exec(text) ?? [];
  if (month === undefined || day === undefined || time === undefined) {
    return undefined;
  }
  const year = Number(now.slice(0, 4));
  const rest = `-${month}-${day}T${time}Z`;
  const isToCome = Date.parse(`${year}${rest}`) > Date.parse(now) + quietMs;
  return `${isToCome ? year - 1 : year}${rest}`;
}

/** A dump ends with its newest object; in a quiet cluster its logs go on for days after that. */
const quietMs = 30 * 86_400_000;

function goTime(text: string): string | undefined {
  const [, year, month, day, time] = goStamp.exec(text) ?? [];
  return year === undefined || month === undefined || day === undefined || time === undefined
    ? undefined
    : `${year}-${month}-${day}T${time}Z`;
}

function valuesOf(text: string): ReadonlyMap<string, string> {
  if (!text.startsWith('{')) {
    return new Map();
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object'
      ? new Map(
          Object.entries(parsed).flatMap(([key, value]): [string, string][] =>
            typeof value === 'string' ? [[key, value]] : epochIn(key, value),
          ),
        )
      : new Map();
  } catch {
    // A line cut in the middle is still a line.
    return new Map();
  }
}

/** Controllers up to v0.13 write the time as seconds since 1970. */
function epochIn(key: string, value: unknown): [string, string][] {
  return key === 'ts' && typeof value === 'number' && value >= 0 && value < latestSecond
    ? [[key, new Date(value * 1_000).toISOString()]]
    : [];
}

const latestSecond = 8_640_000_000_000;

function timeOf(values: ReadonlyMap<string, string>): string | undefined {
  const time = values.get('ts');
  return time !== undefined && !Number.isNaN(Date.parse(time)) ? time : undefined;
}

function isTrouble(text: string, values: ReadonlyMap<string, string>): boolean {
  const level = values.get('level');
  return level === undefined ? startsTrouble.test(text) : /^(?:error|fatal|panic)$/i.test(level);
}

/** What the controller logs when it refuses its pools: an error whose only name is the reconciler's. */
export function isConfigurationComplaint(line: LogLine): boolean {
  return (
    line.level === 'error' &&
    line.values.get('controller') === 'PoolReconciler' &&
    line.values.has('error') &&
    !line.values.has('event') &&
    !isConflict(line) &&
    !isOfItsOwnRecord(line)
  );
}

/** From v0.15.3 on the reconciler cannot always write its ConfigurationState; the configuration itself is well. */
export function isOfItsOwnRecord({ words }: LogLine): boolean {
  return /configurationstates?\.metallb\.io|ConfigurationState|failed to report condition/i.test(
    words,
  );
}

/** Two writers met; the one that lost tries again at once, and nothing is wrong. */
export function isConflict({ words }: LogLine): boolean {
  return /the object has been modified|Operation cannot be fulfilled/.test(words);
}
