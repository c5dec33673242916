import { compareAddresses, parseAddress } from '../facts/ip.ts';
import type { IPAddressPool, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ObjectRef } from '../facts/object-ref.ts';
import type { ServiceKey } from './answer.ts';
import { ControllerCourse } from './controller-course.ts';
import type { Change } from './controller-course.ts';
import type { Chooser } from './controller-memory.ts';
import { everyCourse } from './every-course.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { LoadedCluster } from './loaded-cluster.ts';
import { allocatedFromAnnotation } from './look-at-service.ts';
import { ServedWorld, type ServedMoment } from './served-moment.ts';
import { World, type WorldObject } from './world.ts';
import type { AdmittedWrite, Write } from './write-orders.ts';

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

/** What the writes come to when they are made in one order. */
export interface OrderedCourse {
  readonly writes: readonly AdmittedWrite[];
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
  /** Where the Service may stand after any write but the last. */
  readonly between: readonly Ending[];
}

/** The Service before and after, and whoever moves besides. */
export interface Trial {
  readonly before: Service;
  readonly changed: Service;
  readonly restless: readonly Service[];
  /** How many orders are tried: together they may cost no more than one. */
  readonly orders: number;
}

/** The more Services wait, the dearer a course and the fewer are run. */
const mostCourses = 120;
const looksAffordable = 20_000;

/** Where a Service may come to rest when MetalLB looks at everybody again, as it does when it comes back to work. */
export function onceItWorks(
  cluster: LoadedCluster,
  service: Service,
): Pick<OrderedCourse, 'endings' | 'isComplete'> {
  const { input, restless, memory } = cluster;
  const key = keyOf(service.metadata);
  const { results, isComplete } = everyCourse(
    (choose) => {
      const world = worldOf(cluster, [...restless, service]);
      new ControllerCourse(input, world, memory.branch()).reconsider(choose);
      return endingOf(world, key);
    },
    coursesFor(restless, 1),
  );
  return { endings: distinct(results), isComplete };
}

/** Every way the writes can come out in this order. */
export function orderedCourse(
  cluster: LoadedCluster,
  trial: Trial,
  writes: readonly AdmittedWrite[],
): OrderedCourse {
  const { results, isComplete } = everyCourse(
    (choose) => runOnce(cluster, { ...trial, writes }, choose),
    coursesFor(trial.restless, trial.orders),
  );
  const key = keyOf(trial.before.metadata);
  const others = trial.restless.filter(({ metadata }) => keyOf(metadata) !== key);
  return {
    writes,
    endings: distinct(results.map(({ subject }) => subject)),
    isComplete,
    courses: results.length,
    settles: results.every(({ settles }) => settles),
    events: results[0]?.events ?? [],
    others: others.flatMap((other) => changesOf(other, results)),
    between: distinct(results.flatMap(({ between }) => between)),
  };
}

function coursesFor(restless: readonly Service[], orders: number): number {
  const affordable = Math.floor(looksAffordable / ((restless.length + 1) * orders));
  const atLeast = restless.length > looksAffordable / 4 ? 1 : 4;
  return Math.min(mostCourses, Math.max(atLeast, affordable));
}

function worldOf(cluster: LoadedCluster, services: readonly Service[]): World {
  return new World(objectsIn(cluster, services));
}

function objectsIn({ input }: LoadedCluster, services: readonly Service[]): readonly WorldObject[] {
  const { communities, namespaces, pools } = input;
  return [...pools, ...communities, ...namespaces, ...services];
}

interface Course {
  readonly settles: boolean;
  readonly events: readonly ExpectedEvent[];
  readonly subject: Ending;
  readonly between: readonly Ending[];
  readonly others: ReadonlyMap<ServiceKey, Ending>;
}

/** A trial whose writes are in order. */
export interface OrderedTrial extends Trial {
  readonly writes: readonly AdmittedWrite[];
}

/** MetalLB acts on each write before the next one comes, and whoever waits is served in between. */
function runOnce(cluster: LoadedCluster, trial: OrderedTrial, choose: Chooser): Course {
  const { before, changed, restless } = trial;
  const world = worldOf(cluster, [...restless, before]);
  const course = new ControllerCourse(cluster.input, world, cluster.memory.branch());
  const key = keyOf(before.metadata);
  const steps = madeIn(trial).map(({ write }) => {
    const result = course.apply(changeOf(write, changed), choose);
    return { ...result, stands: endingOf(world, key) };
  });
  const others = restless.map(({ metadata }) => keyOf(metadata));
  return {
    settles: steps.every(({ settled }) => settled),
    events: steps.flatMap(({ events }) => events.get(key) ?? []),
    subject: endingOf(world, key),
    between: steps.slice(0, -1).map(({ stands }) => stands),
    others: new Map(others.map((other) => [other, endingOf(world, other)])),
  };
}

/** What `look` makes of the allocator just before the Service gets where it rests, whoever comes first drawn first. */
export function whenServed<Seen>(
  cluster: LoadedCluster,
  trial: OrderedTrial,
  look: (moment: ServedMoment) => Seen,
): Seen | undefined {
  const { before, changed, restless } = trial;
  const memory = cluster.memory.branch();
  let last: Seen | undefined;
  const seen = (moment: ServedMoment): void => {
    last = look(moment);
  };
  const world = new ServedWorld(objectsIn(cluster, [...restless, before]), {
    service: before,
    memory,
    seen,
  });
  const course = new ControllerCourse(cluster.input, world, memory);
  for (const { write } of madeIn(trial)) {
    course.apply(changeOf(write, changed), () => 0);
  }
  return last;
}

function madeIn({ writes }: OrderedTrial): readonly AdmittedWrite[] {
  return writes.filter(({ admission }) => admission.allowed);
}

function changeOf(write: Write, changed: Service): Change {
  if (write.kind === 'service') {
    const touched = { ...changed, metadata: { ...changed.metadata, generation: -1 } };
    return { removes: [], puts: [touched] };
  }
  const { before, after } = write.step;
  return after === undefined
    ? { removes: before === undefined ? [] : [refTo(before)], puts: [] }
    : { removes: [], puts: [after] };
}

function refTo({ kind, metadata }: IPAddressPool): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
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
  const byText = new Map(endings.map((ending) => [endingText(ending), ending]));
  return [...byText.values()].toSorted(inOrder);
}

/** By pool, then address by address as numbers: 10.0.0.2 comes before 10.0.0.10. */
function inOrder(left: Ending, right: Ending): number {
  const [one = '', other = ''] = [left.pool, right.pool];
  if (one !== other) {
    return one < other ? -1 : 1;
  }
  const place = left.addresses.findIndex((each, index) => each !== right.addresses[index]);
  return place < 0
    ? left.addresses.length - right.addresses.length
    : byNumber(left.addresses[place] ?? '', right.addresses[place] ?? '');
}

function byNumber(left: string, right: string): number {
  const [one, other] = [parseAddress(left), parseAddress(right)];
  return one === undefined || other === undefined
    ? Number(left > right) - Number(left < right)
    : compareAddresses(one, other);
}

/** To tell endings apart by. */
export function endingText({ pool, addresses }: Ending): string {
  return `${pool ?? ''} ${addresses.join()}`;
}
