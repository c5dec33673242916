import type { Facts } from '../../../core/diagnosis/facts.ts';
import { familyOf, type IpAddress, parseAddress, valueOf } from '../../../core/facts/ip.ts';
import type { KubeEvent, Service } from '../../../core/facts/kube-objects.ts';
import { endsBuggy } from '../../../core/metallb/pool-index.ts';
import { type ConfigurationFacts, configurationOf } from '../configuration/configuration.ts';
import { eventsAbout } from '../testimony/events.ts';
import { poolIndexOf } from './pool-membership.ts';
import { refOf } from '../references.ts';
import { addressesIn } from '../services.ts';

/** An address that the controller took away because the pools no longer allow it. */
export interface ClearedAddress {
  readonly service: Service;
  readonly event: KubeEvent;
  readonly addresses: readonly string[];
  readonly change: PoolChange;
}

/** What must have been changed for that, worked out from the pools as they are now. */
export type PoolChange =
  | { readonly kind: 'range-gone' }
  | { readonly kind: 'avoids-buggy'; readonly pool: string }
  | { readonly kind: 'pinned-away'; readonly pool: string }
  | { readonly kind: 'changed-back'; readonly pool: string };

type ClearedFacts = Facts<'services', 'events'> & ConfigurationFacts;

const opening = / not allowed by config, will attempt for new IP assignment: (.*)$/s;

/** What the events of the last hour tell of `service`, newest first. */
export function clearedFrom(service: Service, facts: ClearedFacts): readonly ClearedAddress[] {
  const held = new Set<string>(addressesIn(service).map((text) => parseAddress(text) ?? text));
  return eventsAbout(facts, refOf(service)).flatMap((event) => {
    const words = opening.exec(event.message)?.[1];
    const addresses = words === undefined ? [] : addressesInText(words);
    const change = words === undefined ? undefined : changeBehind(words, addresses, facts);
    const isBack = addresses.length > 0 && addresses.every((address) => held.has(address));
    return change === undefined || isBack ? [] : [{ service, event, addresses, change }];
  });
}

/** Rivals and sharing keys make MetalLB clear addresses too; those are other stories. */
function changeBehind(
  words: string,
  addresses: readonly IpAddress[],
  facts: ConfigurationFacts,
): PoolChange | undefined {
  const pinned = /pool "?([^\s"]+)"? not compatible for ip assignment/.exec(words)?.[1];
  if (pinned !== undefined) {
    return { kind: 'pinned-away', pool: pinned };
  }
  const [address] = addresses;
  if (address === undefined || !words.includes('is not allowed in config')) {
    return undefined;
  }
  const value = valueOf(address);
  const around = (configurationOf(facts)?.pools ?? []).find((pool) =>
    pool.cidrs.some(
      ({ family, first, last }) => family === familyOf(address) && value >= first && value <= last,
    ),
  );
  if (around !== undefined && around.avoidsBuggyAddresses && endsBuggy(value)) {
    return { kind: 'avoids-buggy', pool: around.name };
  }
  const [owner] = poolIndexOf(facts).holding(address);
  return owner === undefined ? { kind: 'range-gone' } : { kind: 'changed-back', pool: owner.name };
}

/** `["10.0.0.1" "fd00::1"] is not allowed in config`, in the order they stand. */
function addressesInText(text: string): readonly IpAddress[] {
  return [...text.matchAll(/"([^"\s]+)"/g)].flatMap(
    ([, quoted = '']) => parseAddress(quoted) ?? [],
  );
}
