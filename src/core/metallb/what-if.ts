import type { IpFamily } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import { admissionOf } from './admission.ts';
import type { Admission } from './admission.ts';
import type { AllocationAnswer, FamilyUsage, PoolUsage, ServiceKey } from './answer.ts';
import { usageOf } from './capacity.ts';
import type { AllocatorState } from './assign.ts';
import type { Pool } from './configuration.ts';
import { begins } from './controller-memory.ts';
import { ControllerCourse } from './controller-course.ts';
import { everyCourse } from './every-course.ts';
import { decidedAnswer } from './explain.ts';
import type { ExpectedEvent } from './expected-event.ts';
import { passedByClass } from './handled.ts';
import type { LoadedCluster } from './loaded-cluster.ts';
import { loadConfiguration } from './load-configuration.ts';
import { allocatedFromAnnotation } from './look-at-service.ts';
import { indexPools } from './pool-index.ts';
import { prospectsFor } from './prospects.ts';
import type { PoolProspect } from './prospects.ts';
import { wishedPool, wishedService } from './wish.ts';
import type { Wish, WishedPool } from './wish.ts';
import { World } from './world.ts';

/** Where a Service came to rest; no addresses means pending. */
export interface Ending {
  readonly pool: string | undefined;
  readonly addresses: readonly string[];
}

/** Another Service for which the change changes something too. */
export interface OtherChange {
  readonly service: ServiceKey;
  readonly now: readonly string[];
  /** Where it may come to rest; several when MetalLB draws. */
  readonly endings: readonly Ending[];
}

/** What a change would come to. Nothing is changed by asking. */
export interface WhatIf {
  /** The Service as it would be written. */
  readonly service: Service;
  readonly added: WishedPool | undefined;
  /** The webhook's word on the added pool; undefined when none is added. */
  readonly admission: Admission | undefined;
  /** False when the pools are rejected as they are: then this is what the pools that are valid would give. */
  readonly isAccepted: boolean;
  /** MetalLB's answer to the changed Service alone, as if nobody else were waiting. */
  readonly answer: AllocationAnswer;
  readonly pools: readonly PoolProspect[];
  /** By pool; what MetalLB publishes of an added pool is left as it was before. */
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Where the Service may come to rest, others considered; never empty. */
  readonly endings: readonly Ending[];
  /** False when there are more ways to draw than were tried. */
  readonly isComplete: boolean;
  readonly courses: number;
  /** False when it would never come to rest: MetalLB writes it again and again. */
  readonly settles: boolean;
  /** In the first course. */
  readonly events: readonly ExpectedEvent[];
  readonly others: readonly OtherChange[];
}

/** Tries a change to one Service (and a pool added first) on a loaded cluster. */
export function whatIf(cluster: LoadedCluster, service: Service, wish: Wish): WhatIf {
  const { input, model } = cluster;
  const changed = wishedService(service, wish, model.state.behaviour);
  const added = wishedPool(wish, input.pools, input.namespace);
  const admission = added && admissionOf({ ...added, stored: input.pools, settings: input });
  const pool = admission?.allowed === true ? added : undefined;
  const scene = sceneWith(cluster, pool);
  const notHandled = passedByClass(changed, model.loadBalancerClass);
  const alone =
    notHandled === undefined
      ? decidedAnswer({ state: scene.state }, changed, scene.usages)
      : ({ outcome: 'not-handled', why: notHandled } as const);
  const options = alone.outcome === 'would-get' ? alone.options : [];
  const kept = alone.outcome === 'holds' ? [alone.allocation] : options;
  const reached = new Set(kept.map((option) => option.pool));
  return {
    service: changed,
    added,
    admission,
    isAccepted: model.configuration.state === 'accepted',
    answer: alone,
    pools: alone.outcome === 'not-handled' ? [] : prospectsFor(changed, { ...scene, reached }),
    usages: scene.usages,
    ...coursesOf(cluster, { before: service, changed, pool }),
  };
}

interface Scene {
  readonly state: AllocatorState;
  readonly usages: ReadonlyMap<string, PoolUsage>;
}

/** The allocator as it stands once the pool is there. */
function sceneWith({ input, model, usages }: LoadedCluster, added: WishedPool | undefined): Scene {
  const { state } = model;
  if (added === undefined) {
    return { state, usages };
  }
  const { name } = added.pool.metadata;
  const loaded = loadConfiguration({ ...input, pools: [added.pool] });
  const others = state.index.pools.filter((pool) => pool.name !== name);
  const narrow = state.index.byName.get(name);
  const [wide] = loaded.pools;
  if (narrow !== undefined && wide !== undefined && begins(wide, narrow)) {
    state.finder.widen(narrow, wide);
  }
  const index = indexPools([...others, ...loaded.pools].toSorted(byName));
  const fresh = loaded.pools.map((pool) =>
    withHolders(usageOf(pool, state.book, new Map()), usages.get(name)),
  );
  return {
    state: { ...state, index },
    usages: new Map([...usages, ...fresh.map((usage) => [usage.pool, usage] as const)]),
  };
}

/** A pool that gets wider keeps whoever is in it. */
function withHolders(usage: PoolUsage, before: PoolUsage | undefined): PoolUsage {
  if (before === undefined) {
    return usage;
  }
  const more = (family: IpFamily): FamilyUsage => {
    const { usable } = usage[family];
    const { taken } = before[family];
    return { usable, taken, free: usable - taken };
  };
  return { ...before, ipv4: more('ipv4'), ipv6: more('ipv6') };
}

function byName(left: Pool, right: Pool): number {
  return left.name < right.name ? -1 : 1;
}

interface Trial {
  readonly before: Service;
  readonly changed: Service;
  readonly pool: WishedPool | undefined;
}

interface Course {
  readonly settles: boolean;
  readonly events: readonly ExpectedEvent[];
  readonly subject: Ending;
  readonly others: ReadonlyMap<ServiceKey, Ending>;
}

/** The more Services wait, the dearer a course and the fewer are run. */
const mostCourses = 120;
const looksAffordable = 20_000;

/** Where a Service may come to rest when MetalLB looks at everybody again, as it does when it comes back to work. */
export function onceItWorks(
  cluster: LoadedCluster,
  service: Service,
): Pick<WhatIf, 'endings' | 'isComplete'> {
  const { input, restless, memory } = cluster;
  const { communities, namespaces, pools } = input;
  const key = keyOf(service.metadata);
  const { results, isComplete } = everyCourse((choose) => {
    const world = new World([...pools, ...communities, ...namespaces, ...restless, service]);
    new ControllerCourse(input, world, memory.branch()).reconsider(choose);
    return endingOf(world, key);
  }, coursesFor(cluster));
  return { endings: distinct(results), isComplete };
}

function coursesFor({ restless }: LoadedCluster): number {
  return Math.min(mostCourses, Math.max(4, Math.floor(looksAffordable / (restless.length + 1))));
}

function coursesOf(
  cluster: LoadedCluster,
  trial: Trial,
): Pick<WhatIf, 'endings' | 'isComplete' | 'courses' | 'settles' | 'events' | 'others'> {
  const { results, isComplete } = everyCourse(
    (choose) => runOnce(cluster, trial, choose),
    coursesFor(cluster),
  );
  const key = keyOf(trial.before.metadata);
  const others = cluster.restless.filter(({ metadata }) => keyOf(metadata) !== key);
  return {
    endings: distinct(results.map(({ subject }) => subject)),
    isComplete,
    courses: results.length,
    settles: results.every(({ settles }) => settles),
    events: results[0]?.events ?? [],
    others: others.flatMap((other) => changesOf(other, results)),
  };
}

/** The pool comes first, then the Service: whoever waits is served in between, as it would be. */
function runOnce(
  { input, restless, memory }: LoadedCluster,
  { before, changed, pool }: Trial,
  choose: (count: number) => number,
): Course {
  const { communities, namespaces, pools } = input;
  const world = new World([...pools, ...communities, ...namespaces, ...restless, before]);
  const course = new ControllerCourse(input, world, memory.branch());
  const key = keyOf(before.metadata);
  const touched = { ...changed, metadata: { ...changed.metadata, generation: -1 } };
  const changes = [...(pool === undefined ? [] : [pool.pool]), touched];
  const steps = changes.map((object) => course.apply({ removes: [], puts: [object] }, choose));
  const others = restless.map(({ metadata }) => keyOf(metadata));
  return {
    settles: steps.every(({ settled }) => settled),
    events: steps.flatMap(({ events }) => events.get(key) ?? []),
    subject: endingOf(world, key),
    others: new Map(others.map((other) => [other, endingOf(world, other)])),
  };
}

function endingOf(world: World, key: ServiceKey): Ending {
  const service = world.service(key);
  return {
    pool: service?.metadata.annotations[allocatedFromAnnotation],
    addresses: addressesOf(service),
  };
}

function addressesOf(service: Service | undefined): readonly string[] {
  return (service?.status.ingress ?? []).flatMap(({ ip }) => ip ?? []);
}

function changesOf(service: Service, results: readonly Course[]): readonly OtherChange[] {
  const key = keyOf(service.metadata);
  const now = addressesOf(service);
  const endings = distinct(results.flatMap(({ others }) => others.get(key) ?? []));
  const isSame = endings.every(({ addresses }) => addresses.join() === now.join());
  return isSame ? [] : [{ service: key, now, endings }];
}

function distinct(endings: readonly Ending[]): readonly Ending[] {
  const byText = new Map(endings.map((ending) => [textOf(ending), ending]));
  return [...byText].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

function textOf({ pool, addresses }: Ending): string {
  return `${pool ?? ''} ${addresses.join()}`;
}
