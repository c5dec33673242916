import { AddressBook } from './address-book.ts';
import type { AllocatorState } from './assign.ts';
import type { Pool } from './configuration.ts';
import { AddressFinder } from './first-usable.ts';
import { indexPools, ownersOf } from './pool-index.ts';
import type { PoolIndex } from './pool-index.ts';
import type { Behaviour } from './versions.ts';

/** How the controller draws where MetalLB's order is random. */
export type Chooser = (count: number) => number;

/** What one run of the controller keeps between two looks at the cluster; all of it is gone after a restart. */
export class ControllerMemory {
  readonly behaviour: Behaviour;
  /** Undefined until a configuration has been accepted. */
  index: PoolIndex | undefined;
  /** Text of the accepted configuration, to tell whether a new one differs. */
  fingerprint: string | undefined;
  /** False until all Services were looked at once; until then changes of single Services are dropped. */
  hasLoaded = false;
  readonly book: AddressBook;
  #finder: AddressFinder;

  constructor(behaviour: Behaviour, book = new AddressBook()) {
    this.behaviour = behaviour;
    this.book = book;
    this.#finder = new AddressFinder(book);
  }

  /** The state the allocator decides by; undefined while there is no configuration. */
  state(choose: Chooser): AllocatorState | undefined {
    return (
      this.index && {
        behaviour: this.behaviour,
        index: this.index,
        book: this.book,
        finder: this.#finder,
        choose,
      }
    );
  }

  /** Takes new pools: bookings follow their addresses to whichever pool owns them now, or are dropped. */
  setPools(pools: readonly Pool[], choose: Chooser): void {
    const index = indexPools(pools);
    this.index = index;
    this.#finder = new AddressFinder(this.book);
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

  copy(): ControllerMemory {
    const copy = new ControllerMemory(this.behaviour, this.book.copy());
    copy.index = this.index;
    copy.fingerprint = this.fingerprint;
    copy.hasLoaded = this.hasLoaded;
    return copy;
  }
}
