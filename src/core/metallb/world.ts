import type { Community, IPAddressPool, Namespace, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ObjectRef } from '../facts/object-ref.ts';

/** A kind of object MetalLB's controller reads. */
export type WorldObject = Community | IPAddressPool | Namespace | Service;

/** The objects an API server holds, by kind and name: what a course of events happens to. */
export class World {
  readonly #objects = new Map<string, WorldObject>();

  constructor(objects: Iterable<WorldObject> = []) {
    for (const object of objects) {
      this.put(object);
    }
  }

  get size(): number {
    return this.#objects.size;
  }

  get services(): readonly Service[] {
    return this.#all().filter((object) => object.kind === 'Service');
  }

  get pools(): readonly IPAddressPool[] {
    return this.#all().filter((object) => object.kind === 'IPAddressPool');
  }

  get communities(): readonly Community[] {
    return this.#all().filter((object) => object.kind === 'Community');
  }

  get namespaces(): readonly Namespace[] {
    return this.#all().filter((object) => object.kind === 'Namespace');
  }

  service(key: string): Service | undefined {
    const object = this.#objects.get(`Service ${key}`);
    return object?.kind === 'Service' ? object : undefined;
  }

  /** What is stored under this object's name now. */
  stored(object: WorldObject): WorldObject | undefined {
    return this.#objects.get(nameIn(object));
  }

  put(object: WorldObject): void {
    this.#objects.set(nameIn(object), object);
  }

  /** True when there was something to remove. */
  remove(ref: ObjectRef): boolean {
    return this.#objects.delete(`${ref.kind} ${keyOf(ref)}`);
  }

  copy(): World {
    return new World(this.#objects.values());
  }

  #all(): readonly WorldObject[] {
    return [...this.#objects.values()];
  }
}

function nameIn({ kind, metadata }: WorldObject): string {
  return `${kind} ${keyOf(metadata)}`;
}
