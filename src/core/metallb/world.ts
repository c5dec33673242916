import type { Community, IPAddressPool, Namespace, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ObjectRef } from '../facts/object-ref.ts';

/** A kind of object MetalLB's controller reads. */
export type WorldObject = Community | IPAddressPool | Namespace | Service;

/** The objects an API server holds, by kind and name: what a course of events happens to. */
export class World {
  readonly #services = new Map<string, Service>();
  readonly #others = new Map<string, Exclude<WorldObject, Service>>();

  constructor(objects: Iterable<WorldObject> = []) {
    for (const object of objects) {
      this.put(object);
    }
  }

  get size(): number {
    return this.#services.size + this.#others.size;
  }

  get services(): readonly Service[] {
    return [...this.#services.values()];
  }

  get pools(): readonly IPAddressPool[] {
    return [...this.#others.values()].filter((object) => object.kind === 'IPAddressPool');
  }

  get communities(): readonly Community[] {
    return [...this.#others.values()].filter((object) => object.kind === 'Community');
  }

  get namespaces(): readonly Namespace[] {
    return [...this.#others.values()].filter((object) => object.kind === 'Namespace');
  }

  service(key: string): Service | undefined {
    return this.#services.get(key);
  }

  /** What is stored under this object's name now. */
  stored(object: WorldObject): WorldObject | undefined {
    return object.kind === 'Service'
      ? this.#services.get(keyOf(object.metadata))
      : this.#others.get(nameIn(object));
  }

  put(object: WorldObject): void {
    if (object.kind === 'Service') {
      this.#services.set(keyOf(object.metadata), object);
    } else {
      this.#others.set(nameIn(object), object);
    }
  }

  /** True when there was something to remove. */
  remove(ref: ObjectRef): boolean {
    return ref.kind === 'Service'
      ? this.#services.delete(keyOf(ref))
      : this.#others.delete(`${ref.kind} ${keyOf(ref)}`);
  }

  copy(): World {
    return new World([...this.#others.values(), ...this.#services.values()]);
  }
}

function nameIn({ kind, metadata }: WorldObject): string {
  return `${kind} ${keyOf(metadata)}`;
}
