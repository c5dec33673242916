import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import type { Alert } from '../../facts/alerts.ts';
import { UsageError } from '../../facts/errors.ts';

const forms =
  "it takes Alertmanager's webhook payload, what `amtool alert query -o json` or GET /api/v2/alerts gives, or Prometheus' /api/v1/alerts";
const longestPayload = 8_000_000;
const mostAlerts = 5_000;
const longestLabel = 1_000;

/** The alerts in a file, or from stdin; no more is read than alerts can be. */
export async function alertsFrom(path: string, signal: AbortSignal): Promise<readonly Alert[]> {
  const name = path === '-' ? 'stdin' : path;
  const source = addAbortSignal(signal, path === '-' ? process.stdin : createReadStream(path));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > longestPayload) {
        throw tooLarge(name);
      }
    }
  } catch (cause) {
    if (cause instanceof UsageError) {
      throw cause;
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${name} cannot be read: ${reason}`, { cause });
  }
  return alertsIn(
    Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
    name,
  );
}

function tooLarge(path: string): UsageError {
  return new UsageError(`${path} is too large for alerts: more than ${longestPayload} bytes`);
}

/** The alerts in a payload; anything that is none is refused with what is wrong. */
export function alertsIn(content: string, path: string): readonly Alert[] {
  if (content.length > longestPayload) {
    throw tooLarge(path);
  }
  const list = listIn(parsed(content, path), path);
  if (list.length > mostAlerts) {
    throw new UsageError(`${path} holds ${list.length} alerts; at most ${mostAlerts} are taken`, {
      suggestions: [
        'take those of MetalLB only: amtool alert query -o json alertname=~"MetalLB.*"',
      ],
    });
  }
  return list.map((entry, index) => alertFrom(entry, `alert ${index + 1} of ${path}`));
}

function parsed(content: string, path: string): unknown {
  if (content.trim() === '') {
    throw new UsageError(`${path} is empty: there are no alerts in it`, { suggestions: [forms] });
  }
  try {
    return JSON.parse(content);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path} is no JSON: ${reason}`, { suggestions: [forms] });
  }
}

/** The payload, a bare list, Prometheus' answer, or one alert alone. */
function listIn(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  const entry = fieldsOf(value);
  const alerts = entry('alerts') ?? fieldsOf(entry('data'))('alerts');
  if (Array.isArray(alerts)) {
    return alerts;
  }
  if (isObject(entry('labels'))) {
    return [value];
  }
  throw new UsageError(`${path} holds no alerts`, { suggestions: [forms] });
}

function alertFrom(value: unknown, where: string): Alert {
  const entry = fieldsOf(value);
  const labels = entry('labels');
  if (!isObject(labels)) {
    throw new UsageError(`${where} has no labels`, { suggestions: [forms] });
  }
  const texts = Object.entries(labels).map(([key, each]) => {
    if (typeof each !== 'string') {
      throw new UsageError(`${where}: label ${key.slice(0, 80)} is no text`);
    }
    if (each.length > longestLabel) {
      throw new UsageError(`${where}: label ${key.slice(0, 80)} is ${each.length} characters long`);
    }
    return [key, each] as const;
  });
  const known = new Map(texts);
  const name = known.get('alertname');
  if (name === undefined || name === '') {
    throw new UsageError(`${where} has no label alertname`);
  }
  return { name, state: stateIn(entry), since: sinceIn(entry), labels: known };
}

type Entry = (key: string) => unknown;

/** `status` is a word in a payload and an object in a list; Prometheus says `state`. */
function stateIn(entry: Entry): Alert['state'] {
  const status = entry('status');
  const word = isObject(status) ? fieldsOf(status)('state') : (status ?? entry('state'));
  switch (word) {
    case 'resolved':
    case 'inactive':
      return 'resolved';
    case 'suppressed':
      return 'silenced';
    case 'pending':
      return 'pending';
    default:
      return 'firing';
  }
}

function sinceIn(entry: Entry): string | undefined {
  const text = entry('startsAt') ?? entry('activeAt');
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own fields only: a payload comes from anywhere. */
function fieldsOf(value: unknown): Entry {
  const entries = new Map<string, unknown>(isObject(value) ? Object.entries(value) : []);
  return (key) => entries.get(key);
}
