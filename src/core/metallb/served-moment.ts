import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { PoolUsage } from './answer.ts';
import type { AllocatorState } from './assign.ts';
import { takenByPool, usageOf } from './capacity.ts';
import type { ControllerMemory } from './controller-memory.ts';
import { World, type WorldObject } from './world.ts';

/** The allocator as it stood just before the Service was given an address. */
export interface ServedMoment {
  readonly state: AllocatorState;
  readonly usages: ReadonlyMap<string, PoolUsage>;
}

/** Who is watched, and what is done with each moment; it is gone once `seen` returns. */
interface Watch {
  readonly service: Service;
  readonly memory: ControllerMemory;
  readonly seen: (moment: ServedMoment) => void;
}

/** A world that tells how the allocator stands whenever one Service is given an address. */
export class ServedWorld extends World {
  readonly #watch: Watch;

  constructor(objects: Iterable<WorldObject>, watch: Watch) {
    super();
    this.#watch = watch;
    for (const object of objects) {
      super.put(object);
    }
  }

  override put(object: WorldObject): void {
    if (object.kind === 'Service' && this.#isServed(object)) {
      this.#tell();
    }
    super.put(object);
  }

  #isServed(after: Service): boolean {
    const watched = keyOf(this.#watch.service.metadata);
    const before = keyOf(after.metadata) === watched ? this.service(watched) : undefined;
    const text = addressesText(after);
    return before !== undefined && text !== '' && text !== addressesText(before);
  }

  /** What the Service itself has is not taken from anybody. */
  #tell(): void {
    const memory = this.#watch.memory.branch();
    const state = memory.state(() => 0);
    if (state === undefined) {
      return;
    }
    memory.book.release(keyOf(this.#watch.service.metadata));
    const taken = takenByPool(memory.book);
    const usages = state.index.pools.map((pool) => usageOf(pool, memory.book, taken));
    this.#watch.seen({
      state: { ...state, namesSharers: true },
      usages: new Map(usages.map((usage) => [usage.pool, usage])),
    });
  }
}

function addressesText({ status }: Service): string {
  return status.ingress.map(({ ip }) => ip ?? '').join();
}
