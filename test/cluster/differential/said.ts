import type { RecordedEvent, StepOutcome } from '../../core/metallb/vector-cases.ts';
import { textOf } from './controller-log.ts';
import type { LogLine } from './controller-log.ts';

/** Where the sentinel lives; what is said to it is nobody's answer. */
export const sentinelNamespace = 'sentinel';

type Said = Pick<StepOutcome, 'config' | 'events' | 'maybeEvents'>;

/** What the controller said in a step of the configuration and to its Services. */
export function saidIn(lines: readonly LogLine[]): Said {
  const config = configurationIn(lines);
  const events = eventsIn(lines);
  return {
    ...(config === undefined ? {} : { config }),
    ...(hadConflict(lines) ? { maybeEvents: events } : { events }),
  };
}

/** The lists of addresses that each Service was given again and again, by its events. */
export function flappingIn(lines: readonly LogLine[]): NonNullable<StepOutcome['flapping']> {
  const given = Map.groupBy(
    lines.filter(({ logger, reason }) => logger === 'events' && reason === 'IPAllocated'),
    ({ object }) => {
      const { namespace = '', name = '' } = object as Record<string, string>;
      return `${namespace}/${name}`;
    },
  );
  return Object.fromEntries(
    [...given]
      .filter(([, turns]) => turns.length > turnsOfTheRestless)
      .map(([key, turns]) => [key, listsOf(turns.map((line) => textOf(line, 'msg')))]),
  );
}

/** A Service that gets an address so often, without anybody touching it, will do so for ever. */
export const turnsOfTheRestless = 24;

/**
 * An additional address is told once more when the first write of it met a conflict: it is still one address.
 * One that is added to what an earlier step gave says nothing of the whole list.
 */
function listsOf(messages: readonly string[]): readonly (readonly string[])[] {
  const lists = new Map<string, readonly string[]>();
  let held: readonly string[] | undefined;
  for (const message of messages) {
    const addresses = [...message.matchAll(/"([^"]*)"/g)].map(([, address = '']) => address);
    const isAddition = message.includes('additional');
    held = isAddition ? held && [...new Set([...held, ...addresses])] : addresses;
    if (held !== undefined) {
      lists.set(held.join(), held);
    }
  }
  return [...lists.values()];
}

/** Whether the last look at the pools refused them; undefined when there was none. */
export function lastRefused(lines: readonly LogLine[]): boolean | undefined {
  const last = looksIn(lines).at(-1);
  return last === undefined ? undefined : last.result === 'rejected';
}

interface Look {
  readonly result: 'reloaded' | 'unchanged' | 'rejected';
  readonly error?: string;
}

/** Several looks in one step count as one: what the last one found, unless it found nothing new. */
function configurationIn(lines: readonly LogLine[]): StepOutcome['config'] {
  const looks = looksIn(lines);
  const last = looks.at(-1);
  if (last?.result === 'rejected') {
    const errors = looks.flatMap(({ error }) => error ?? []);
    return { result: 'rejected', errors: [...new Set(errors)] };
  }
  const reloaded = looks.some(({ result }) => result === 'reloaded');
  return last && { result: reloaded ? 'reloaded' : 'unchanged' };
}

function looksIn(lines: readonly LogLine[]): readonly Look[] {
  return lines
    .filter(({ controller }) => controller === 'PoolReconciler')
    .flatMap((line): readonly Look[] => {
      if (line['event'] === 'config reloaded') {
        return [{ result: 'reloaded' }];
      }
      if (line['event'] === 'configuration did not change, ignoring') {
        return [{ result: 'unchanged' }];
      }
      const isRefusal = line['error'] !== undefined && line['event'] === undefined;
      return isRefusal && line['message'] === undefined
        ? [{ result: 'rejected', error: textOf(line, 'error') }]
        : [];
    });
}

/** Every event as the recorder was given it, before the filters that spare the API server. */
function eventsIn(lines: readonly LogLine[]): Readonly<Record<string, readonly RecordedEvent[]>> {
  const events = new Map<string, Map<string, RecordedEvent>>();
  for (const line of lines.filter(({ logger }) => logger === 'events')) {
    const { namespace = '', name = '' } = line['object'] as Record<string, string>;
    const [type, reason] = [textOf(line, 'type'), textOf(line, 'reason')];
    const message = inOrder(textOf(line, 'msg'));
    const key = `${namespace}/${name}`;
    const known = events.get(key) ?? new Map<string, RecordedEvent>();
    known.set(`${type} ${reason} ${message}`, { type, reason, message });
    events.set(key, known);
  }
  return Object.fromEntries(
    [...events]
      .filter(([key]) => !key.startsWith(`${sentinelNamespace}/`))
      .map(([key, known]) => [key, [...known.values()]]),
  );
}

/** The controller looked at a Service it had just written and knew only the old one: it does so once more. */
function hadConflict(lines: readonly LogLine[]): boolean {
  return lines.some(({ op }) => op === 'updateServiceStatus');
}

function inOrder(message: string): string {
  return message.replace(
    /address also in use by (.*)$/,
    (_, holders: string) => `address also in use by ${holders.split(',').sort().join(',')}`,
  );
}
