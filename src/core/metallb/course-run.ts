import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ServiceKey } from './answer.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { ConfigurationProblem } from './configuration.ts';
import type { Chooser, ControllerMemory } from './controller-memory.ts';
import { fingerprintOf, seemsNew } from './fingerprint.ts';
import { passedByClass } from './handled.ts';
import { loadConfiguration } from './load-configuration.ts';
import { forget, lookAt } from './look-at-service.ts';
import type { ControllerSettings } from './model-input.ts';
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

/** A course that takes more looks than this is taken never to end. */
const looksBeforeGivingUp = 100;
const everyService = '*';

interface Progress {
  readonly queue: ServiceKey[];
  readonly retries: ServiceKey[];
  readonly events: Map<ServiceKey, ExpectedEvent[]>;
  readonly writes: Map<ServiceKey, (readonly string[])[]>;
}

/** Lets the controller work off everything that follows from the wake: its own writes wake it again. */
export function runToRest(setting: Setting, wake: Wake): CourseResult {
  const progress: Progress = {
    queue: [...wake.services],
    retries: [],
    events: new Map(),
    writes: new Map(),
  };
  const configuration = wake.looksAtPools ? lookAtPools(setting, progress) : undefined;
  let looks = 0;
  while (looks < looksBeforeGivingUp) {
    const next = progress.queue.shift() ?? progress.retries.shift();
    if (next === undefined) {
      break;
    }
    looks += 1;
    if (next === everyService) {
      lookAtAll(setting, progress);
    } else if (setting.memory.hasLoaded) {
      lookAtOne(setting, next, progress);
    }
  }
  const settled = progress.queue.length + progress.retries.length === 0;
  return { configuration, events: progress.events, settled, writes: progress.writes };
}

function lookAtPools(setting: Setting, progress: Progress): ConfigurationLook {
  const { world, memory, settings, choose } = setting;
  const { namespace, bgpType } = settings;
  const { pools, communities, namespaces } = world;
  const loaded = loadConfiguration({ pools, communities, namespaces, namespace, bgpType });
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
  enqueue(progress.queue, everyService);
  return { result: 'reloaded' };
}

/** Services with more addresses come first, so that they keep them; among equals any order can come. */
function lookAtAll(setting: Setting, progress: Progress): void {
  const { memory } = setting;
  const waiting = setting.world.services.filter((service) => isHandled(setting, service));
  const open = waiting.filter(({ spec }) => spec.type === 'LoadBalancer');
  const others = waiting.filter(({ spec }) => spec.type !== 'LoadBalancer');
  const woken = [...others, ...inSomeOrder(open, setting.choose)].map((service) =>
    look(setting, service, progress),
  );
  if (woken.includes(true)) {
    enqueue(progress.retries, everyService);
  } else {
    memory.hasLoaded = true;
  }
}

function inSomeOrder(services: readonly Service[], choose: Chooser): readonly Service[] {
  const rest = [...services];
  const ordered: Service[] = [];
  while (rest.length > 0) {
    const most = Math.max(...rest.map(({ status }) => status.ingress.length));
    const equals = rest.filter(({ status }) => status.ingress.length === most);
    const drawn = equals[choose(equals.length)] ?? equals[0];
    ordered.push(
      ...rest.splice(
        rest.findIndex((service) => service === drawn),
        1,
      ),
    );
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
    enqueue(progress.queue, everyService);
  }
}

function look(setting: Setting, service: Service, progress: Progress): boolean {
  const { world, memory, choose } = setting;
  const key = keyOf(service.metadata);
  const { written, events, wakesAll } = lookAt(memory, service, choose);
  if (events.length > 0) {
    progress.events.set(key, [...(progress.events.get(key) ?? []), ...events]);
  }
  if (written !== undefined) {
    world.put(written);
    enqueue(progress.queue, key);
    const addresses = written.status.ingress.map(({ ip }) => ip ?? '');
    progress.writes.set(key, [...(progress.writes.get(key) ?? []), addresses]);
  }
  return wakesAll;
}

function isHandled(setting: Setting, service: Service): boolean {
  return passedByClass(service, setting.settings.loadBalancerClass) === undefined;
}

/** A work queue holds each thing once. */
function enqueue(queue: ServiceKey[], key: ServiceKey): void {
  if (!queue.includes(key)) {
    queue.push(key);
  }
}
