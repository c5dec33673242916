import { asStored } from './api-server.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ObjectRef } from '../facts/object-ref.ts';
import type { Chooser } from './controller-memory.ts';
import { ControllerMemory } from './controller-memory.ts';
import { everyService, runToRest } from './course-run.ts';
import type { CourseResult, Wake } from './course-run.ts';
import { asReplaced } from './replaced.ts';
import type { ControllerSettings } from './model-input.ts';
import { isSame } from './same.ts';
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

  /** Every Service is looked at once more, as after a restart or a change of the pools. */
  reconsider(choose: Chooser): CourseResult {
    return this.#run({ looksAtPools: false, services: [everyService] }, choose);
  }

  /** The change is made and the controller reacts to it. */
  apply(change: Change, choose: Chooser): CourseResult {
    const removed = change.removes.filter((ref) => this.world.remove(ref));
    const seen = change.puts.filter((object) => {
      const before = this.world.stored(object);
      const replaced = before === undefined ? object : asReplaced(before, object);
      const after = replaced.kind === 'Service' ? asStored(replaced, this.#settings) : replaced;
      this.world.put(after);
      if (after.kind === 'Service') {
        this.#memory.wake(keyOf(after.metadata));
      }
      return before === undefined || this.#isNoticed(before, after);
    });
    const touched = [...removed, ...seen.map(refTo)];
    const services = touched.filter(({ kind }) => kind === 'Service');
    const looksAtPools = touched.some((ref) => this.#isOfConfiguration(ref));
    return this.#run({ looksAtPools, services: services.map(keyOf) }, choose);
  }

  #run(wake: Wake, choose: Chooser): CourseResult {
    const { world, memory } = this;
    return runToRest({ world, memory, settings: this.#settings, choose }, wake);
  }

  /** The controller's cache holds pools and communities of its own namespace only; others do not even wake it. */
  #isOfConfiguration({ kind, namespace }: ObjectRef): boolean {
    const own = namespace === this.#settings.namespace;
    return kind === 'Namespace' || (kind !== 'Service' && own);
  }

  /** The API server says nothing of a write that changes nothing; MetalLB goes by labels of namespaces, specs of pools. */
  #isNoticed(before: WorldObject, after: WorldObject): boolean {
    if (isSame(before, after)) {
      return false;
    }
    if (after.kind === 'Namespace') {
      return !isSame(before.metadata.labels, after.metadata.labels);
    }
    return (
      before.kind !== 'IPAddressPool' ||
      after.kind !== 'IPAddressPool' ||
      !this.#memory.behaviour.ignoresPoolMetadata ||
      !isSame(before.spec, after.spec)
    );
  }
}

function refTo({ kind, metadata }: WorldObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
