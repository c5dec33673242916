import { parseAddress, type IpAddress } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { advertisedByBGP } from '../../../core/metallb/election/bgp.ts';
import { electLayer2, type Layer2Election } from '../../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';
import { addressesIn } from '../services.ts';
import { speakersAtWork, type AnnouncingFacts } from './speakers-at-work.ts';

/** Who should announce a Service, by MetalLB's own rules. */
export interface Announcing {
  readonly service: Service;
  readonly speakers: Speakers;
  /** In the order of the status; what is no address is left out. */
  readonly addresses: readonly IpAddress[];
  /** Pools of the loaded configuration that hold the addresses, each once. */
  readonly pools: readonly string[];
  readonly layer2: Layer2Election;
  readonly bgp: ReturnType<typeof advertisedByBGP>;
  /** How its pools are announced, by the advertisements that select them. */
  readonly by: readonly ('layer2' | 'bgp')[];
}

/** What MetalLB decides for the Service; undefined without an installation. */
export function announcingOf(service: Service, facts: AnnouncingFacts): Announcing | undefined {
  const speakers = speakersAtWork(facts);
  if (speakers === undefined) {
    return undefined;
  }
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  const owners = speakers.loaded
    .slice(0, 1)
    .flatMap(({ index, pools }) =>
      addresses.flatMap((address) =>
        index.holding(address).flatMap(({ name }) => pools.get(name) ?? []),
      ),
    );
  return {
    service,
    speakers,
    addresses,
    pools: [...new Set(owners.map(({ name }) => name))],
    layer2: electLayer2(service, speakers),
    bgp: advertisedByBGP(service, speakers),
    by: [
      ...(owners.some(({ l2 }) => l2.length > 0) ? (['layer2'] as const) : []),
      ...(owners.some(({ bgp }) => bgp.length > 0) ? (['bgp'] as const) : []),
    ],
  };
}
