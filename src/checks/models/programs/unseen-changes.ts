import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { IPAddressPool, KubeObject, Service } from '../../../core/facts/kube-objects.ts';
import { ageMs } from '../ages.ts';
import type { AllocationFacts } from '../allocation/allocation.ts';
import { suspectsIn } from '../allocation/suspects.ts';
import { ownPools } from '../configuration/configuration.ts';
import { refOf } from '../references.ts';
import { eventsAbout } from '../words/events.ts';
import { logLines, type LogLine } from '../words/log-lines.ts';

type UnseenFacts = AllocationFacts & Facts<never, 'events' | 'controllerLogs'>;

/** A kind of object that the controller has stopped hearing of, by what it left untouched. */
export interface DeafEar {
  readonly kind: 'Service' | 'IPAddressPool';
  readonly unseen: readonly (Service | IPAddressPool)[];
  /** client-go's word on the watch that broke off and was not taken up again; most go silent. */
  readonly broken: LogLine | undefined;
  /** The last time it looked at an object of this kind. */
  readonly lastLook: LogLine | undefined;
}

/** A controller that hears looks within a second. */
const patienceMs = 60_000;
/** What a controller calls its own pass over all Services; that goes by what it knew before. */
const fullPass = 'metallbreload/reload';

const brokeOff =
  /too old resource version|resourceVersion for the provided watch is too old|too large resource version|unable to decode an event from the watch stream/i;

/**
 * The kinds of which something new was left without a look, although the log holds the whole time since. A line about
 * a watch alone means nothing: client-go lists anew, and is silent about it.
 */
export function deafEars(facts: UnseenFacts, subject: Subject): readonly DeafEar[] {
  const lines = logLines(facts.controllerLogs, facts.takenAt).filter(({ previous }) => !previous);
  const said = lines.map(({ text }) => text).join('\n');
  const waiting = suspectsIn(facts, subject)
    .filter(({ cause }) => cause === 'waiting-for-retry')
    .map(({ service }) => service)
    .filter((service) => !wasAnswered(service, facts));
  return [
    earFor('Service', waiting, { facts, lines, said }),
    earFor('IPAddressPool', ownPools(facts), { facts, lines, said }),
  ].filter(({ unseen }) => unseen.length > 0);
}

interface Heard {
  readonly facts: UnseenFacts;
  readonly lines: readonly LogLine[];
  readonly said: string;
}

function earFor(
  kind: DeafEar['kind'],
  candidates: readonly (Service | IPAddressPool)[],
  { facts, lines, said }: Heard,
): DeafEar {
  const looks = lines.filter((line) => isLook(line, kind));
  const lastLook = looks.at(-1);
  const broken = lines.findLast((line) => brokeOff.test(line.text) && kindIn(line) === kind);
  // Pools are read at the start; Services only after a pass over all of them, which may still be going on.
  const start = kind === 'Service' ? undefined : lines.find(isStart);
  const begins = [start, looks[0], broken].map((line) => timeOf(line?.at)).filter(Number.isFinite);
  const since = Math.min(...begins, Number.POSITIVE_INFINITY);
  const unseen = candidates.filter(({ metadata }) => {
    const madeAt = timeOf(metadata.creationTimestamp);
    return (
      madeAt > since &&
      !(timeOf(lastLook?.at) >= madeAt) &&
      (ageMs(metadata.creationTimestamp, facts.takenAt) ?? 0) >= patienceMs &&
      !said.includes(keyOf(metadata))
    );
  });
  return { kind, unseen, broken: isTakenUp(broken, lastLook) ? undefined : broken, lastLook };
}

function isStart({ values }: LogLine): boolean {
  return /^MetalLB controller starting\b/.test(values.get('msg') ?? '');
}

function isLook({ values }: LogLine, kind: DeafEar['kind']): boolean {
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

function keyOf({ namespace, name }: KubeObject['metadata']): string {
  return `${namespace ?? 'default'}/${name}`;
}

function timeOf(time: string | undefined): number {
  return Date.parse(time ?? '');
}
