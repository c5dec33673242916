import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey } from './answer.ts';
import type { Claim } from './claim.ts';

/** What one Service has been given. */
export interface Booking {
  readonly pool: string;
  readonly addresses: readonly IpAddress[];
  readonly claim: Claim;
}

/** The state of one address in use. */
export interface AddressUse {
  /** Terms of whoever was booked on it last; those of the others are equal. */
  readonly terms: Pick<Claim, 'sharingKey' | 'backendKey'>;
  readonly ports: ReadonlyMap<string, ServiceKey>;
  readonly services: ReadonlySet<ServiceKey>;
}

interface MutableUse {
  terms: AddressUse['terms'];
  readonly ports: Map<string, ServiceKey>;
  readonly services: Set<ServiceKey>;
}

/** The controller's memory of who holds which address: the only thing in this room that changes. */
export class AddressBook {
  readonly #bookings = new Map<ServiceKey, Booking>();
  readonly #uses = new Map<IpAddress, MutableUse>();
  readonly #perTerms = new Map<string, Set<IpAddress>>();
  #releases = 0;

  /** Grows whenever an address may have become usable again; what was learned before is then stale. */
  get releases(): number {
    return this.#releases;
  }

  get bookings(): ReadonlyMap<ServiceKey, Booking> {
    return this.#bookings;
  }

  bookingOf(service: ServiceKey): Booking | undefined {
    return this.#bookings.get(service);
  }

  useOf(address: IpAddress): AddressUse | undefined {
    return this.#uses.get(address);
  }

  /** Addresses whose users share on exactly these terms. */
  sharedOn(terms: AddressUse['terms']): ReadonlySet<IpAddress> {
    return this.#perTerms.get(termsText(terms)) ?? new Set();
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
      this.#occupy(address, service, booking.claim);
    }
  }

  /** Frees what the Service has, if anything. */
  release(service: ServiceKey): void {
    const booking = this.#bookings.get(service);
    if (booking === undefined) {
      return;
    }
    this.#bookings.delete(service);
    this.#releases += 1;
    for (const address of booking.addresses) {
      this.#vacate(address, service, booking.claim);
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
    for (const [service, booking] of this.#bookings) {
      copy.book(service, booking);
    }
    return copy;
  }

  #occupy(address: IpAddress, service: ServiceKey, claim: Claim): void {
    const terms = { sharingKey: claim.sharingKey, backendKey: claim.backendKey };
    const use = this.#uses.get(address) ?? { terms, ports: new Map(), services: new Set() };
    this.#perTerms.get(termsText(use.terms))?.delete(address);
    use.terms = terms;
    use.services.add(service);
    for (const port of claim.ports) {
      use.ports.set(port, service);
    }
    this.#uses.set(address, use);
    if (terms.sharingKey !== '') {
      this.#shareOn(terms).add(address);
    }
  }

  #vacate(address: IpAddress, service: ServiceKey, claim: Claim): void {
    const use = this.#uses.get(address);
    if (use === undefined) {
      return;
    }
    use.services.delete(service);
    for (const port of claim.ports.filter((taken) => use.ports.get(taken) === service)) {
      use.ports.delete(port);
    }
    if (use.services.size === 0) {
      this.#uses.delete(address);
      this.#perTerms.get(termsText(use.terms))?.delete(address);
    }
  }

  #shareOn(terms: AddressUse['terms']): Set<IpAddress> {
    const text = termsText(terms);
    const addresses = this.#perTerms.get(text) ?? new Set<IpAddress>();
    this.#perTerms.set(text, addresses);
    return addresses;
  }
}

function termsText({ sharingKey, backendKey }: AddressUse['terms']): string {
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
