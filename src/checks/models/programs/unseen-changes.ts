import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { IPAddressPool, Service } from '../../../core/facts/kube-objects.ts';
import { keyOf } from '../../../core/facts/object-ref.ts';
import { ageMs } from '../ages.ts';
import type { AllocationFacts } from '../allocation/allocation.ts';
import { suspectsIn } from '../allocation/suspects.ts';
import { ownPools } from '../configuration/configuration.ts';
import { refOf } from '../references.ts';
import { notedPoolOf } from '../services.ts';
import { eventsAbout } from '../testimony/events.ts';
import { logLines, type LogLine } from '../testimony/log-lines.ts';

type UnseenFacts = AllocationFacts & Facts<never, 'events' | 'controllerLogs'>;

/** A kind of object that the controller has stopped hearing of, by what it left untouched. */
export interface StaleWatch {
  readonly kind: 'Service' | 'IPAddressPool';
  readonly unseen: readonly (Service | IPAddressPool)[];
  /** client-go's word on the watch that broke off and was not taken up again; most go silent. */
  readonly broken: LogLine | undefined;
  /** The last time it looked at an object of this kind. */
  readonly lastLook: LogLine | undefined;
}

/** A controller whose watches work looks within a second. */
const patienceMs = 60_000;
/** So much of the log after the making of an object has to be there. */
const lookMs = 5_000;
/** What a controller calls its own pass over all Services; that goes by what it knew before. */
const fullPass = 'metallbreload/reload';

const brokeOff =
  /too old resource version|resourceVersion for the provided watch is too old|too large resource version|unable to decode an event from the watch stream/i;

/** What the log of the controller shows of its watches. */
export interface Watches {
  /** The kinds of which something new was left without a look, although the log holds the whole time since. */
  readonly stale: readonly StaleWatch[];
  /** Something was made after the last line of the log, which may be older than the rest of the dump. */
  readonly endsTooEarly: boolean;
}

/** A line about a watch alone means nothing: client-go lists anew, and is silent about it. */
export function watchesOf(facts: UnseenFacts, subject: Subject): Watches {
  const lines = logLines(facts.controllerLogs, facts.takenAt).filter(({ previous }) => !previous);
  const said = keysIn(lines);
  const waiting = suspectsIn(facts, subject)
    .filter(({ cause }) => cause === 'waiting-for-retry')
    .map(({ service }) => service)
    .filter((service) => !wasAnswered(service, facts));
  const watches = [
    watchFor('Service', waiting, { facts, lines, said }),
    watchFor('IPAddressPool', poolsNotInUse(facts), { facts, lines, said }),
  ];
  return {
    stale: watches.map(({ watch }) => watch).filter(({ unseen }) => unseen.length > 0),
    endsTooEarly: watches.some(({ endsTooEarly }) => endsTooEarly),
  };
}

interface Heard {
  readonly facts: UnseenFacts;
  readonly lines: readonly LogLine[];
  /** Every `namespace/name` that the log holds. */
  readonly said: ReadonlySet<string>;
}

type Overlooked = StaleWatch['unseen'][number];

function watchFor(
  kind: StaleWatch['kind'],
  candidates: readonly Overlooked[],
  heard: Heard,
): { readonly watch: StaleWatch; readonly endsTooEarly: boolean } {
  const { facts, lines, said } = heard;
  const looks = lines.filter((line) => isLook(line, kind));
  const lastLook = looks.at(-1);
  const broken = lines.findLast((line) => brokeOff.test(line.text) && kindIn(line) === kind);
  const open = isTakenUp(broken, lastLook) ? undefined : broken;
  const end = endOf(heard, open);
  // Pools are read at the start; Services only after a pass over all of them, which may still be going on.
  const start = kind === 'Service' ? undefined : lines.find(isStart);
  const begins = [start, looks[0], broken].map((line) => timeOf(line?.at)).filter(Number.isFinite);
  const since = Math.min(...begins, Number.POSITIVE_INFINITY);
  const overlooked = candidates.filter(({ metadata }) => {
    const madeAt = timeOf(metadata.creationTimestamp);
    return (
      madeAt > since &&
      !(timeOf(lastLook?.at) >= madeAt) &&
      (ageMs(metadata.creationTimestamp, facts.takenAt) ?? 0) >= patienceMs &&
      !said.has(keyOf(metadata))
    );
  });
  const isInLog = ({ metadata }: Overlooked): boolean =>
    timeOf(metadata.creationTimestamp) + lookMs <= end;
  return {
    watch: { kind, unseen: overlooked.filter(isInLog), broken: open, lastLook },
    endsTooEarly: !overlooked.every(isInLog),
  };
}

/** Until when the log would show a look. One of a dump may be older than the rest, unless it ends in a watch that broke off. */
function endOf({ facts, lines }: Heard, broken: LogLine | undefined): number {
  return facts.firstHand || broken !== undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(...lines.map(({ at }) => timeOf(at)).filter(Number.isFinite));
}

/** A pool of which addresses are given out was seen, whatever the log holds. */
function poolsNotInUse(facts: UnseenFacts): readonly IPAddressPool[] {
  const noted = new Set(facts.services.flatMap((service) => notedPoolOf(service) ?? []));
  return ownPools(facts).filter(
    ({ metadata, status }) =>
      !noted.has(metadata.name) &&
      ![status?.assignedIPv4, status?.assignedIPv6].some((count) => Number(count) > 0),
  );
}

/** `shop/web` and `shop/web-2` are two; a path counts by each pair of its parts. */
function keysIn(lines: readonly LogLine[]): ReadonlySet<string> {
  const paths = lines.flatMap(({ text }) => text.match(/[\w.-]+(?:\/[\w.-]+)+/g) ?? []);
  return new Set(
    paths.flatMap((path) => {
      const parts = path.replace(/\.+$/, '').split('/');
      return parts.slice(1).map((name, index) => `${parts[index]}/${name}`);
    }),
  );
}

function isStart({ values }: LogLine): boolean {
  return /^MetalLB controller starting\b/.test(values.get('msg') ?? '');
}

function isLook({ values }: LogLine, kind: StaleWatch['kind']): boolean {
  const looked = values.get('start reconcile');
  return (
    looked !== undefined &&
    looked !== fullPass &&
    values.get('controller') === (kind === 'Service' ? 'ServiceReconciler' : 'PoolReconciler')
  );
}

/** `watch of *v1.Service ended with`, `"type":"*v1beta1.IPAddressPool"`. */
function kindIn({ text }: LogLine): string | undefined {
  return /\*v\d\w*\.(\w+)/.exec(text)?.[1];
}

function isTakenUp(broken: LogLine | undefined, lastLook: LogLine | undefined): boolean {
  return timeOf(lastLook?.at) > timeOf(broken?.at);
}

/** It may have been refused and be waiting; then it was seen. */
function wasAnswered(service: Service, facts: UnseenFacts): boolean {
  return eventsAbout(facts, refOf(service)).some(
    ({ component }) => component === undefined || component.includes('metallb'),
  );
}

function timeOf(time: string | undefined): number {
  return Date.parse(time ?? '');
}
