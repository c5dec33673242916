import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey } from './answer.ts';
import type { Claim } from './claim.ts';

/** What one Service has been given. */
export interface Booking {
  readonly pool: string;
  readonly addresses: readonly IpAddress[];
  readonly claim: Claim;
}

/** The terms a Service shares on; those of all Services on one address are equal. */
export type Terms = Pick<Claim, 'sharingKey' | 'backendKey'>;

/** Everybody on one address, in the order they came. */
export type AddressUse = readonly Claim[];

/** The controller's memory of who holds which address: the only thing in this room that changes. */
export class AddressBook {
  readonly #bookings = new Map<ServiceKey, Booking>();
  readonly #uses = new Map<IpAddress, AddressUse>();
  readonly #perTerms = new Map<string, IpAddress[]>();
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

  /** Undefined when the address is free. */
  useOf(address: IpAddress): AddressUse | undefined {
    return this.#uses.get(address);
  }

  /** Addresses whose users share on exactly these terms; grows at its end as long as nothing is released. */
  sharedOn(terms: Terms): readonly IpAddress[] {
    return this.#perTerms.get(termsText(terms)) ?? [];
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
    this.#releases += 1;
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
    for (const [service, booking] of this.#bookings) {
      copy.book(service, booking);
    }
    return copy;
  }

  #occupy(address: IpAddress, claim: Claim): void {
    const others = this.#uses.get(address);
    this.#uses.set(address, others === undefined ? [claim] : [...others, claim]);
    if (others === undefined && claim.sharingKey !== '') {
      const shared = this.#perTerms.get(termsText(claim)) ?? [];
      shared.push(address);
      this.#perTerms.set(termsText(claim), shared);
    }
  }

  #vacate(address: IpAddress, service: ServiceKey): void {
    const use = this.#uses.get(address) ?? [];
    const others = use.filter(({ key }) => key !== service);
    if (others.length > 0) {
      this.#uses.set(address, others);
      return;
    }
    this.#uses.delete(address);
    const shared = use[0] === undefined ? undefined : this.#perTerms.get(termsText(use[0]));
    const place = shared?.indexOf(address) ?? -1;
    if (place >= 0) {
      shared?.splice(place, 1);
    }
  }
}

function termsText({ sharingKey, backendKey }: Terms): string {
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
