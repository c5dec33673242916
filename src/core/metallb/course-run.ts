import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ServiceKey } from './answer.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { ConfigurationProblem } from './configuration.ts';
import type { Chooser, ControllerMemory } from './controller-memory.ts';
import { asStored } from './api-server.ts';
import { fingerprintOf, seemsNew } from './fingerprint.ts';
import { passedByClass } from './handled.ts';
import { loadConfiguration } from './load-configuration.ts';
import { forget, lookAt } from './look-at-service.ts';
import type { ControllerSettings } from './model-input.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

/** What wakes the controller. */
export interface Wake {
  readonly looksAtPools: boolean;
  readonly services: readonly ServiceKey[];
}

/** What came of the pools being looked at. */
export type ConfigurationLook =
  | { readonly result: 'reloaded' | 'unchanged' }
  | { readonly result: 'rejected'; readonly problems: readonly ConfigurationProblem[] };

/** What a change led to, once the controller came to rest. */
export interface CourseResult {
  /** Undefined when the pools were not looked at. */
  readonly configuration: ConfigurationLook | undefined;
  readonly events: ReadonlyMap<ServiceKey, readonly ExpectedEvent[]>;
  /** False when it was stopped because it never came to rest. */
  readonly settled: boolean;
  /** Address lists each Service was written with, in order. */
  readonly writes: ReadonlyMap<ServiceKey, readonly (readonly string[])[]>;
}

/** The controller, what it works on, and how it draws. */
export interface Setting {
  readonly world: World;
  readonly memory: ControllerMemory;
  readonly settings: ControllerSettings;
  readonly choose: Chooser;
}

/** A course that takes more looks than this, and a few more per Service, is taken never to end. */
const looksBeforeGivingUp = 100;
const looksPerService = 4;
/** Stands in the queue for a look at every Service; no Service is called so. */
export const everyService = '*';

interface Progress {
  readonly queue: WorkQueue<ServiceKey>;
  readonly retries: WorkQueue<ServiceKey>;
  /** What the change woke and nobody has looked at yet. */
  readonly woken: Set<ServiceKey>;
  readonly events: Map<ServiceKey, ExpectedEvent[]>;
  readonly writes: Map<ServiceKey, (readonly string[])[]>;
}

/** Lets the controller work off everything that follows from the wake: its own writes wake it again. */
export function runToRest(setting: Setting, wake: Wake): CourseResult {
  const progress: Progress = {
    queue: new WorkQueue(wake.services),
    retries: new WorkQueue(),
    woken: new Set(wake.services),
    events: new Map(),
    writes: new Map(),
  };
  const configuration = wake.looksAtPools ? lookAtPools(setting, progress) : undefined;
  const limit = looksBeforeGivingUp + looksPerService * setting.world.size;
  let looks = 0;
  while (looks < limit) {
    const next = progress.queue.take() ?? progress.retries.take();
    if (next === undefined) {
      break;
    }
    looks += 1;
    progress.woken.delete(next);
    if (next === everyService) {
      lookAtAll(setting, progress);
    } else if (setting.memory.hasLoaded) {
      lookAtOne(setting, next, progress);
    }
  }
  const settled = progress.queue.size + progress.retries.size === 0;
  return { configuration, events: progress.events, settled, writes: progress.writes };
}

function lookAtPools(setting: Setting, progress: Progress): ConfigurationLook {
  const { world, memory, settings, choose } = setting;
  const { namespace, bgpType, version } = settings;
  const { pools, communities, namespaces } = world;
  const loaded = loadConfiguration({
    pools,
    communities,
    namespaces,
    namespace,
    bgpType,
    version,
  });
  if (loaded.state === 'rejected') {
    return { result: 'rejected', problems: loaded.problems };
  }
  const fingerprint = fingerprintOf(loaded.pools);
  const same = fingerprint === memory.fingerprint;
  if (same && !seemsNew(loaded.pools, memory.behaviour, choose)) {
    return { result: 'unchanged' };
  }
  memory.setPools(loaded.pools, choose);
  memory.fingerprint = fingerprint;
  progress.queue.add(everyService);
  return { result: 'reloaded' };
}

/** Services with more addresses come first, so that they keep them; among equals any order can come. */
function lookAtAll(setting: Setting, progress: Progress): void {
  const { memory } = setting;
  const waiting = memory.awakeIn(setting.world).filter((service) => isHandled(setting, service));
  const open = waiting.filter(({ spec }) => spec.type === 'LoadBalancer');
  const others = waiting.filter(({ spec }) => spec.type !== 'LoadBalancer');
  const woken = [...others, ...inSomeOrder(open, setting.choose)].map((service) =>
    look(setting, service, progress),
  );
  if (woken.includes(true)) {
    progress.retries.add(everyService);
  } else {
    memory.hasLoaded = true;
  }
}

function inSomeOrder(services: readonly Service[], choose: Chooser): readonly Service[] {
  const byCount = Map.groupBy(services, ({ status }) => status.ingress.length);
  return [...byCount]
    .sort(([left], [right]) => right - left)
    .flatMap(([, equals]) => drawnFrom(equals, choose));
}

/** One draw after the other. Whoever is first in line is taken without moving the rest. */
function drawnFrom(services: readonly Service[], choose: Chooser): readonly Service[] {
  const rest = [...services];
  const ordered: Service[] = [];
  for (let taken = 0; taken < services.length; taken += 1) {
    const place = taken + choose(rest.length - taken);
    const drawn = rest[place] ?? rest[taken];
    if (drawn !== undefined) {
      rest.copyWithin(taken + 1, taken, place);
      ordered.push(drawn);
    }
  }
  return ordered;
}

function lookAtOne(setting: Setting, key: ServiceKey, progress: Progress): void {
  const service = setting.world.service(key);
  const wakesAll =
    service === undefined
      ? forget(setting.memory, key)
      : isHandled(setting, service) && look(setting, service, progress);
  if (wakesAll) {
    wakeAll(setting, progress);
  }
}

/**
 * MetalLB tells itself to look at all Services over a channel of its own. Of Services that were changed at once some may
 * be known already while their own turn is still on the way to the queue: the look at all comes before it.
 */
function wakeAll({ choose }: Setting, { queue, woken }: Progress): void {
  queue.overtake(everyService, woken.size === 0 ? 0 : choose(woken.size + 1));
}

function look(setting: Setting, service: Service, progress: Progress): boolean {
  const { world, memory, choose } = setting;
  const key = keyOf(service.metadata);
  if (memory.isAtRest(key, service)) {
    return false;
  }
  const { written, events, wakesAll, rests } = lookAt(memory, service, choose);
  if (events.length > 0) {
    progress.events.set(key, [...(progress.events.get(key) ?? []), ...events]);
  }
  const stored = written && asStored(written, setting.settings);
  const isAtRest = rests && stored === written;
  if (isAtRest) {
    memory.rest(key, stored ?? service);
  }
  if (stored !== undefined && (stored === written || isChanged(service, stored))) {
    world.put(stored);
    if (!isAtRest) {
      memory.wake(key);
      progress.queue.add(key);
    }
  }
  if (written !== undefined) {
    const addresses = written.status.ingress.map(({ ip }) => ip ?? '');
    progress.writes.set(key, [...(progress.writes.get(key) ?? []), addresses]);
  }
  return wakesAll;
}

function isChanged(before: Service, after: Service): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

function isHandled(setting: Setting, service: Service): boolean {
  return passedByClass(service, setting.settings.loadBalancerClass) === undefined;
}
