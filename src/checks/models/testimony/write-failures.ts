import { ageMs, newestOf } from '../ages.ts';
import { shortWords } from '../programs/last-words.ts';
import { isConflict, type LogLine } from './log-lines.ts';

/** A Service whose status the controller could not write. */
export interface WriteFailure {
  readonly line: LogLine;
  /** Why, in the words of whoever refused; the log may have lost them. */
  readonly words: string;
  /** `namespace/name`, when the log says it. */
  readonly service: string | undefined;
  /** True when a right is missing, which strikes every Service alike. */
  readonly isDenied: boolean;
  /** True when it failed in a pass over all Services: until one succeeds, new ones wait for the next pass. */
  readonly isInFullPass: boolean;
}

const currentMs = 20 * 60_000;
const linesToItsName = 4;

/**
 * Failed status writes of the log's last minutes, newest line per Service. Conflicts are retried and mean
 * nothing, and neither does a failure after which the same Service, or all of them, was written. Minutes are
 * counted by the log's own clock, because the reader's may be wrong.
 */
export function writeFailures(lines: readonly LogLine[], now: string): readonly WriteFailure[] {
  const open = new Map<string | undefined, WriteFailure>();
  const end = newestOf(lines.map(({ at }) => at)) ?? now;
  let pass: 'none' | 'clean' | 'failing' = 'none';
  for (const [index, line] of lines.entries()) {
    const following = lines.slice(index, index + linesToItsName);
    if (line.values.get('start reconcile') === fullPass) {
      pass = 'clean';
    } else if (line.values.get('end reconcile') === fullPass) {
      if (pass === 'clean') {
        open.clear();
      }
      pass = 'none';
    } else if (line.values.get('event') === 'serviceUpdated') {
      open.delete(serviceNear(following) ?? '');
    } else if (isWriteFailure(line)) {
      const isInFullPass: boolean = pass !== 'none';
      pass = isInFullPass ? 'failing' : 'none';
      if (isCurrent(line, end)) {
        const denied = serviceInDenial(line);
        const service = denied ?? serviceNear(following);
        open.set(service, {
          line,
          words: shortWords(line),
          service,
          isDenied: denied !== undefined,
          isInFullPass,
        });
      }
    } else if (isRetryNotice(line) && !followsConflict(lines[index - 1]) && isCurrent(line, end)) {
      const notice = noticed(line, pass !== 'none');
      open.set(notice.service, open.get(notice.service) ?? notice);
    }
  }
  return [...open.values()];
}

/** What the controller calls its pass over all Services, as if it were one of them. */
const fullPass = 'metallbreload/reload';

function isWriteFailure(line: LogLine): boolean {
  return (
    (line.values.get('op') === 'updateServiceStatus' ||
      line.values.get('msg') === 'failed to update service') &&
    !isConflict(line)
  );
}

/** At level info it says "will retry", and only a failed write is tried again; the line before it may be gone. */
function isRetryNotice({ values }: LogLine): boolean {
  return (
    values.get('event') === 'failed to handle service' &&
    values.get('level') === 'info' &&
    (values.get('controller') ?? '').startsWith('ServiceReconciler')
  );
}

function noticed(line: LogLine, isInFullPass: boolean): WriteFailure {
  return {
    line,
    words: 'it goes on trying, and the line that says why is no longer in the log',
    service: serviceNear([line]),
    isDenied: false,
    isInFullPass,
  };
}

function followsConflict(before: LogLine | undefined): boolean {
  return before !== undefined && isConflict(before);
}

function isCurrent(line: LogLine, end: string): boolean {
  const age = ageMs(line.at, end);
  return age === undefined || age <= currentMs;
}

/** The line itself names its Service in some versions; the reconciler's own line, right after it, always does. */
function serviceNear(lines: readonly LogLine[]): string | undefined {
  // Other reconcilers write between its lines, with names of other kinds in the same form.
  const own = lines.filter((line) =>
    (line.values.get('controller') ?? 'ServiceReconciler').startsWith('ServiceReconciler'),
  );
  for (const line of own) {
    for (const key of ['service', 'name', 'end reconcile']) {
      const value = line.values.get(key);
      if (value !== undefined && value !== fullPass && /^[^/\s]+\/[^/\s]+$/.test(value)) {
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
