import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import { AddressBook } from './address-book.ts';
import type { ServiceKey } from './answer.ts';
import type { AllocatorState } from './assign.ts';
import type { Pool } from './configuration.ts';
import { fingerprintOf } from './fingerprint.ts';
import { AddressFinder } from './first-usable.ts';
import { indexPools, ownersOf } from './pool-index.ts';
import type { PoolIndex } from './pool-index.ts';
import type { Behaviour } from './versions.ts';
import type { World } from './world.ts';

/**
 * How the controller draws where MetalLB's order is random. `about` is the question in words, where it may come again:
 * the order of pools listed by namespace stays as drawn until the next configuration.
 */
export type Chooser = (count: number, about?: string) => number;

/** A pool as it was when it went, and whether Services were on it. */
export interface RemovedPool {
  readonly pool: Pool;
  readonly wasInUse: boolean;
}

/** What one run of the controller keeps between two looks at the cluster; all of it is gone after a restart. */
export class ControllerMemory {
  readonly behaviour: Behaviour;
  /** Undefined until a configuration has been accepted. */
  index: PoolIndex | undefined;
  /** Text of the accepted configuration, to tell whether a new one differs. */
  fingerprint: string | undefined;
  /** False until all Services were looked at once; until then changes of single Services are dropped. */
  hasLoaded = false;
  /** Pools that were in force once and are no more. */
  removed: ReadonlyMap<string, RemovedPool> = new Map();
  readonly book: AddressBook;
  readonly #finder: AddressFinder;
  readonly #atRest = new Map<ServiceKey, Service>();
  /** Services that are not at rest; undefined when nobody is. */
  #awake: Set<ServiceKey> | undefined;

  constructor(
    behaviour: Behaviour,
    book = new AddressBook(),
    finder: AddressFinder = new AddressFinder(book),
  ) {
    this.behaviour = behaviour;
    this.book = book;
    this.#finder = finder;
  }

  /** The state the allocator decides by; undefined while there is no configuration. */
  state(choose: Chooser): AllocatorState | undefined {
    return (
      this.index && {
        behaviour: this.behaviour,
        index: this.index,
        book: this.book,
        finder: this.#finder,
        namesSharers: false,
        choose,
      }
    );
  }

  /** Notes that another look at the Service as it is now would do nothing, for as long as the pools stay. */
  rest(service: ServiceKey, as: Service): void {
    this.#atRest.set(service, as);
    this.#awake?.delete(service);
  }

  /** Notes that the Service was written. */
  wake(service: ServiceKey): void {
    this.#awake?.add(service);
  }

  /** Every Service to which a look could do something, or all while that is not known. */
  awakeIn(world: World): readonly Service[] {
    const services =
      this.#awake === undefined
        ? world.services
        : [...this.#awake].map((key) => world.service(key)).filter((one) => one !== undefined);
    const awake = services.filter((one) => !this.isAtRest(keyOf(one.metadata), one));
    this.#awake = new Set(awake.map(({ metadata }) => keyOf(metadata)));
    return awake;
  }

  isAtRest(service: ServiceKey, as: Service): boolean {
    return this.#atRest.get(service) === as;
  }

  /** Takes new pools: bookings follow their addresses to whichever pool owns them now, or are dropped. */
  setPools(pools: readonly Pool[], choose: Chooser): void {
    this.#atRest.clear();
    this.#awake = undefined;
    const before = this.index?.pools ?? [];
    const known = this.index?.byName;
    const index = indexPools(pools.map((pool) => unchanged(known?.get(pool.name), pool) ?? pool));
    this.index = index;
    this.#noteRemoved(before);
    const stays = before.filter((pool) => this.#staysIn(index, pool));
    if (index.isDisjoint && stays.length === before.length) {
      return;
    }
    const bookings = Array.from(this.book.bookings);
    for (const [service, { addresses, pool }] of bookings) {
      const owners = ownersOf(index, addresses);
      const owner = owners.length > 1 ? owners[choose(owners.length)] : owners[0];
      if (owner === undefined) {
        this.book.release(service);
      } else if (owner.name !== pool) {
        this.book.moveTo(service, owner.name);
      }
    }
  }

  /** Gauges of removed pools outlive them in old releases; a pool of the same name takes them over. */
  #noteRemoved(before: readonly Pool[]): void {
    const gone = before.filter(({ name }) => this.index?.byName.has(name) === false);
    if (gone.length === 0 || this.behaviour.removesGauges) {
      return;
    }
    const used = new Set([...this.book.bookings.values()].map(({ pool }) => pool));
    const added = gone.map((pool) => [pool.name, { pool, wasInUse: used.has(pool.name) }] as const);
    this.removed = new Map([...this.removed, ...added]);
  }

  /** True when every address of the pool is in the pool of this name still, and in the same place. */
  #staysIn({ byName }: PoolIndex, pool: Pool): boolean {
    const now = byName.get(pool.name);
    if (now !== undefined && now !== pool && begins(now, pool)) {
      this.#finder.widen(pool, now);
      return true;
    }
    return now === pool;
  }

  copy(): ControllerMemory {
    return this.#continuedIn(new ControllerMemory(this.behaviour, this.book.copy()));
  }

  /** A memory over this one, without copying it; good for as long as this one does not change. */
  branch(): ControllerMemory {
    const book = this.book.branch();
    return this.#continuedIn(new ControllerMemory(this.behaviour, book, this.#finder.over(book)));
  }

  #continuedIn(copy: ControllerMemory): ControllerMemory {
    copy.index = this.index;
    copy.fingerprint = this.fingerprint;
    copy.hasLoaded = this.hasLoaded;
    copy.removed = this.removed;
    return copy;
  }
}

/** The pool as it is known already, when the new one is the same. */
function unchanged(known: Pool | undefined, pool: Pool): Pool | undefined {
  return known !== undefined && fingerprintOf([known]) === fingerprintOf([pool])
    ? known
    : undefined;
}

/** Whether a pool's addresses are those of another, and then perhaps more. */
export function begins(wider: Pool, pool: Pool): boolean {
  return (
    wider.avoidsBuggyAddresses === pool.avoidsBuggyAddresses &&
    pool.addresses.every((entry, index) => wider.addresses[index] === entry)
  );
}
