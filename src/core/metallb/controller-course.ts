import { keyOf } from '../facts/object-ref.ts';
import type { ObjectRef } from '../facts/object-ref.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { Chooser } from './controller-memory.ts';
import { ControllerMemory } from './controller-memory.ts';
import { runToRest } from './course-run.ts';
import type { CourseResult, Wake } from './course-run.ts';
import { allocatedFromAnnotation } from './look-at-service.ts';
import type { ControllerSettings } from './model-input.ts';
import { behaviourOf } from './versions.ts';
import { World } from './world.ts';
import type { WorldObject } from './world.ts';

/** One change made to the cluster. */
export interface Change {
  readonly removes: readonly ObjectRef[];
  readonly puts: readonly WorldObject[];
}

/** MetalLB's controller at work on a world of objects: what would happen if. Changes both as it goes. */
export class ControllerCourse {
  readonly world: World;
  #memory: ControllerMemory;
  readonly #settings: ControllerSettings;

  constructor(settings: ControllerSettings, world = new World(), memory?: ControllerMemory) {
    this.#settings = settings;
    this.world = world;
    this.#memory = memory ?? new ControllerMemory(behaviourOf(settings.version));
  }

  get memory(): ControllerMemory {
    return this.#memory;
  }

  copy(): ControllerCourse {
    return new ControllerCourse(this.#settings, this.world.copy(), this.#memory.copy());
  }

  /** The controller process starts afresh on the objects as they are. */
  restart(choose: Chooser): CourseResult {
    this.#memory = new ControllerMemory(behaviourOf(this.#settings.version));
    return this.#run({ looksAtPools: true, services: [] }, choose);
  }

  /** The change is made and the controller reacts to it. */
  apply(change: Change, choose: Chooser): CourseResult {
    const removed = change.removes.filter((ref) => this.world.remove(ref));
    const seen = change.puts.filter((object) => {
      const before = this.world.stored(object);
      this.world.put(before === undefined ? object : asReplaced(before, object));
      return before === undefined || this.#isNoticed(before, object);
    });
    const services = [...removed, ...seen.map(refTo)].filter(({ kind }) => kind === 'Service');
    const looksAtPools = services.length < removed.length + seen.length;
    return this.#run({ looksAtPools, services: services.map(keyOf) }, choose);
  }

  #run(wake: Wake, choose: Chooser): CourseResult {
    const { world, memory } = this;
    return runToRest({ world, memory, settings: this.#settings, choose }, wake);
  }

  /** MetalLB's own filters: a namespace by its labels, a pool (>= v0.15.0) by its spec. */
  #isNoticed(before: WorldObject, after: WorldObject): boolean {
    if (after.kind === 'Namespace') {
      return JSON.stringify(before.metadata.labels) !== JSON.stringify(after.metadata.labels);
    }
    return (
      before.kind !== 'IPAddressPool' ||
      after.kind !== 'IPAddressPool' ||
      !this.#memory.behaviour.ignoresPoolMetadata ||
      JSON.stringify(before.spec) !== JSON.stringify(after.spec)
    );
  }
}

/** Writing a Service again leaves alone what the controller wrote to it. */
function asReplaced(before: WorldObject, after: WorldObject): WorldObject {
  return before.kind === 'Service' && after.kind === 'Service'
    ? { ...after, metadata: withMark(before, after), status: before.status }
    : after;
}

function withMark(before: Service, { metadata }: Service): Service['metadata'] {
  const mark = before.metadata.annotations[allocatedFromAnnotation];
  return mark === undefined
    ? metadata
    : { ...metadata, annotations: { ...metadata.annotations, [allocatedFromAnnotation]: mark } };
}

function refTo({ kind, metadata }: WorldObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
