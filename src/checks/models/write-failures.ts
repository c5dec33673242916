import { ageMs } from './ages.ts';
import type { LogLine } from './log-lines.ts';

/** A Service whose status the controller could not write. */
export interface WriteFailure {
  readonly line: LogLine;
  /** `namespace/name`, when the log says it. */
  readonly service: string | undefined;
  /** True when a right is missing, which strikes every Service alike. */
  readonly isDenied: boolean;
}

const currentMs = 20 * 60_000;
const linesToItsName = 4;

/**
 * Failed status writes of the last minutes, newest line per Service. Conflicts are retried and mean
 * nothing, and neither does a failure after which the same Service was written.
 */
export function writeFailures(lines: readonly LogLine[], now: string): readonly WriteFailure[] {
  const open = new Map<string | undefined, WriteFailure>();
  for (const [index, line] of lines.entries()) {
    const following = lines.slice(index, index + linesToItsName);
    if (line.values.get('event') === 'serviceUpdated') {
      const written = serviceNear(following);
      if (written !== undefined) {
        open.delete(written);
      }
    } else if (isWriteFailure(line) && isCurrent(line, now)) {
      const denied = serviceInDenial(line);
      const service = denied ?? serviceNear(following);
      open.set(service, { line, service, isDenied: denied !== undefined });
    }
  }
  return [...open.values()];
}

function isWriteFailure(line: LogLine): boolean {
  return (
    (line.values.get('op') === 'updateServiceStatus' ||
      line.values.get('msg') === 'failed to update service') &&
    !/the object has been modified|Operation cannot be fulfilled/.test(line.words)
  );
}

function isCurrent(line: LogLine, now: string): boolean {
  const age = ageMs(line.at, now);
  return age === undefined || age <= currentMs;
}

/** The line itself names its Service in some versions; the reconciler's own line, right after it, always does. */
function serviceNear(lines: readonly LogLine[]): string | undefined {
  // Other reconcilers write between its lines, with names of other kinds in the same form.
  const own = lines.filter((line) =>
    [undefined, 'ServiceReconciler'].includes(line.values.get('controller')),
  );
  for (const line of own) {
    for (const key of ['service', 'name', 'end reconcile']) {
      const value = line.values.get(key);
      if (value !== undefined && /^[^/\s]+\/[^/\s]+$/.test(value)) {
        return value;
      }
    }
  }
  return undefined;
}

/** `services "checkout" is forbidden: User … cannot update … in the namespace "shop"`. */
function serviceInDenial(line: LogLine): string | undefined {
  const text = line.text.replaceAll('\\"', '"');
  const [, name, namespace] =
    /services "([^"]+)" is forbidden: User .* cannot .* in the namespace "([^"]+)"/.exec(text) ??
    [];
  return name === undefined || namespace === undefined ? undefined : `${namespace}/${name}`;
}
