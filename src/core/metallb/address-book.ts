import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey } from './answer.ts';
import type { Claim } from './claim.ts';
import { LayeredMap } from './layered-map.ts';
import { Occupancy } from './occupancy.ts';

/** What one Service has been given. */
export interface Booking {
  readonly pool: string;
  readonly addresses: readonly IpAddress[];
  readonly claim: Claim;
}

/** The terms a Service shares on; those of all Services on one address are equal. */
export type Terms = Pick<Claim, 'sharingKey' | 'backendKey'>;

/** Everybody on one address, as it may be asked. */
export type AddressUse = Pick<Occupancy, 'size' | 'claims' | 'someoneBut' | 'holderOf'>;

/** What is shared on one set of terms. */
export interface SharedUse {
  /** Grows at its end: addresses that came to these terms, or that somebody on them left. */
  readonly openings: readonly IpAddress[];
  /** How many Services on these terms have a port. */
  readonly ports: ReadonlyMap<string, number>;
}

interface OpenShare extends SharedUse {
  readonly openings: IpAddress[];
  readonly ports: Map<string, number>;
}

/** The controller's memory of who holds which address: the only thing in this room that changes. */
export class AddressBook {
  readonly #bookings: LayeredMap<ServiceKey, Booking>;
  readonly #uses: LayeredMap<IpAddress, Occupancy>;
  readonly #shares: LayeredMap<string, OpenShare>;
  readonly #freed: IpAddress[] = [];

  constructor(base?: AddressBook) {
    this.#bookings = new LayeredMap(base && base.#bookings);
    this.#uses = new LayeredMap(base && base.#uses);
    this.#shares = new LayeredMap(base && base.#shares);
  }

  /** Grows at its end: every address that nobody was left on, in the order it happened. */
  get freed(): readonly IpAddress[] {
    return this.#freed;
  }

  get bookings(): ReadonlyMap<ServiceKey, Booking> {
    return this.#bookings.all();
  }

  bookingOf(service: ServiceKey): Booking | undefined {
    return this.#bookings.get(service);
  }

  /** Undefined when the address is free. */
  useOf(address: IpAddress): AddressUse | undefined {
    return this.#uses.get(address);
  }

  /** Undefined when nothing was ever shared on exactly these terms. */
  sharedOn(terms: Terms): SharedUse | undefined {
    return this.#shares.get(termsText(terms));
  }

  /** Books unconditionally; whatever the Service had before is released. */
  book(service: ServiceKey, booking: Booking): void {
    const before = this.#bookings.get(service);
    if (before !== undefined && isSame(before, booking)) {
      return;
    }
    this.release(service);
    this.#bookings.set(service, booking);
    for (const address of booking.addresses) {
      this.#occupy(address, booking.claim);
    }
  }

  /** Frees what the Service has, if anything. */
  release(service: ServiceKey): void {
    const booking = this.#bookings.get(service);
    if (booking === undefined) {
      return;
    }
    this.#bookings.delete(service);
    for (const address of booking.addresses) {
      this.#vacate(address, service);
    }
  }

  /** Moves a booking to another pool's account; the addresses stay in use. */
  moveTo(service: ServiceKey, pool: string): void {
    const booking = this.#bookings.get(service);
    if (booking !== undefined) {
      this.book(service, { ...booking, pool });
    }
  }

  /** An independent copy, for a course of events that may be given up. */
  copy(): AddressBook {
    const copy = new AddressBook();
    for (const [service, booking] of this.bookings) {
      copy.book(service, booking);
    }
    return copy;
  }

  /** A book over this one, without copying it; good for as long as this one does not change. */
  branch(): AddressBook {
    return new AddressBook(this);
  }

  #occupy(address: IpAddress, claim: Claim): void {
    const use = this.#ownUse(address);
    const isFirst = use.size === 0;
    use.add(claim);
    if (claim.sharingKey === '') {
      return;
    }
    const share = this.#ownShare(claim);
    if (isFirst) {
      share.openings.push(address);
    }
    for (const port of claim.ports) {
      share.ports.set(port, (share.ports.get(port) ?? 0) + 1);
    }
  }

  #vacate(address: IpAddress, service: ServiceKey): void {
    const use = this.#ownUse(address);
    const gone = use.remove(service);
    if (use.size === 0) {
      this.#uses.delete(address);
      this.#freed.push(address);
    }
    if (gone === undefined || gone.sharingKey === '') {
      return;
    }
    const share = this.#ownShare(gone);
    if (use.size > 0) {
      share.openings.push(address);
    }
    for (const port of gone.ports) {
      share.ports.set(port, (share.ports.get(port) ?? 1) - 1);
    }
  }

  #ownUse(address: IpAddress): Occupancy {
    const known = this.#uses.get(address);
    if (known !== undefined && this.#uses.isOwn(address)) {
      return known;
    }
    const own = known?.copy() ?? new Occupancy();
    this.#uses.set(address, own);
    return own;
  }

  #ownShare(terms: Terms): OpenShare {
    const key = termsText(terms);
    const known = this.#shares.get(key);
    if (known !== undefined && this.#shares.isOwn(key)) {
      return known;
    }
    const own = { openings: [...(known?.openings ?? [])], ports: new Map(known?.ports) };
    this.#shares.set(key, own);
    return own;
  }
}

/** Terms as one text, to look up by. */
export function termsText({ sharingKey, backendKey }: Terms): string {
  return JSON.stringify([sharingKey, backendKey]);
}

function isSame(left: Booking, right: Booking): boolean {
  return (
    left.pool === right.pool &&
    left.claim.sharingKey === right.claim.sharingKey &&
    left.claim.backendKey === right.claim.backendKey &&
    left.addresses.join() === right.addresses.join() &&
    left.claim.ports.join() === right.claim.ports.join()
  );
}
