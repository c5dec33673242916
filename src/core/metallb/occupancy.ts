import type { ServiceKey } from './answer.ts';
import type { Claim } from './claim.ts';

/** Who is on one address, and which port is whose; costs the same for one Service as for thousands that share. */
export class Occupancy {
  readonly #claims = new Map<ServiceKey, Claim>();
  readonly #ports = new Map<string, ServiceKey>();
  /** Ports that came twice; only books that were filled without asking have any. */
  #doubled = 0;

  get size(): number {
    return this.#claims.size;
  }

  /** In the order they came. */
  get claims(): readonly Claim[] {
    return [...this.#claims.values()];
  }

  /** Anybody but this Service; all of them share on the same terms. */
  someoneBut(service: ServiceKey): Claim | undefined {
    for (const claim of this.#claims.values()) {
      if (claim.key !== service) {
        return claim;
      }
    }
    return undefined;
  }

  /** Who else has this port. */
  holderOf(port: string, service: ServiceKey): ServiceKey | undefined {
    const holder = this.#ports.get(port);
    return holder === service ? this.#otherHolder(port, service) : holder;
  }

  add(claim: Claim): void {
    this.#claims.set(claim.key, claim);
    for (const port of claim.ports) {
      if (this.#ports.has(port)) {
        this.#doubled += 1;
      } else {
        this.#ports.set(port, claim.key);
      }
    }
  }

  /** The claim that is gone now. */
  remove(service: ServiceKey): Claim | undefined {
    const gone = this.#claims.get(service);
    this.#claims.delete(service);
    for (const port of gone?.ports ?? []) {
      if (this.#ports.get(port) === service) {
        this.#ports.delete(port);
        const heir = this.#otherHolder(port, service);
        if (heir !== undefined) {
          this.#ports.set(port, heir);
        }
      }
    }
    return gone;
  }

  copy(): Occupancy {
    const copy = new Occupancy();
    for (const claim of this.#claims.values()) {
      copy.add(claim);
    }
    return copy;
  }

  #otherHolder(port: string, service: ServiceKey): ServiceKey | undefined {
    if (this.#doubled === 0) {
      return undefined;
    }
    return this.claims.find(({ key, ports }) => key !== service && ports.includes(port))?.key;
  }
}
