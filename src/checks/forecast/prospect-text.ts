import type { PoolUsage, RefusalReason, SharingObstacle } from '../../core/metallb/answer.ts';
import { countText } from '../../core/facts/count-text.ts';
import type { PoolProspect, ProspectObstacle } from '../../core/metallb/prospects.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { HolderFacts } from '../models/allocation/holders.ts';
import { exclusionText, obstacleText, total } from '../models/allocation/pool-lines.ts';

/** What a pool has for the Service, or why it has nothing, in one line with figures. */
export function prospectText(
  { pool, offer, because, sharing }: PoolProspect,
  { usages, answer }: Pick<WhatIf, 'usages' | 'answer'>,
  facts: HolderFacts,
): string {
  if (offer !== undefined) {
    const shared =
      offer.sharedWith.length === 0 ? '' : `, shared with ${offer.sharedWith.join(', ')}`;
    const instead =
      answer.outcome === 'refused'
        ? ', but MetalLB refuses what the Service asks for'
        : ', but MetalLB takes another pool first';
    const passed = offer.reached ? '' : instead;
    return `has ${offer.addresses.join(' and ')} (${countText(freeIn(usages.get(pool.name), offer.addresses))} free)${shared}${passed}`;
  }
  if (because?.kind === 'holds-none') {
    return `does not hold ${because.addresses.join(' or ')}, which the Service asks for`;
  }
  if (because !== undefined && lacksFamily(because, usages.get(pool.name))) {
    return 'has no address of the family that the Service needs';
  }
  const says =
    because === undefined || because.kind === 'requested-refused'
      ? requestText(because)
      : `${obstacleText(because, usages.get(pool.name), facts)}${heldText(because, usages.get(pool.name))}`;
  const joined =
    sharing === undefined ? '' : `; ${sharing.address} cannot be shared: ${sharingText(sharing)}`;
  return `${says}${joined}`;
}

/** A pool that is out for another reason too, and free in the other family only. */
function lacksFamily(because: ProspectObstacle, usage: PoolUsage | undefined): boolean {
  const isOut = because.kind === 'auto-assign-off' || because.kind === 'excluded';
  if (!isOut || because.free > 0n || usage === undefined) {
    return false;
  }
  const { ipv4, ipv6 } = usage;
  return (ipv4.usable === 0n || ipv6.usable === 0n) && total(usage).free > 0n;
}

const fewHolders = 3;

/** Who is in a full pool that is small enough to name everybody. */
function heldText({ kind }: ProspectObstacle, usage: PoolUsage | undefined): string {
  const holders = usage?.holders ?? [];
  return kind !== 'full' || holders.length > fewHolders
    ? ''
    : `; held by ${holders.map(({ services }) => services.join(' and ')).join(', ')}`;
}

/** Of the families that are asked for: the size of the other one would drown the figure. Of both it is pairs. */
function freeIn(usage: PoolUsage | undefined, asked: readonly string[]): bigint {
  const families = new Set(asked.map((address) => (address.includes(':') ? 'ipv6' : 'ipv4')));
  const [first] = families;
  if (usage === undefined || first === undefined) {
    return 0n;
  }
  const { ipv4, ipv6 } = usage;
  const both = ipv4.free < ipv6.free ? ipv4.free : ipv6.free;
  return families.size > 1 ? both : usage[first].free;
}

function requestText(
  because: Extract<ProspectObstacle, { kind: 'requested-refused' }> | undefined,
): string {
  return because === undefined ? 'has nothing' : reasonText(because.reason);
}

function reasonText(reason: RefusalReason): string {
  if (reason.kind === 'requested-address-held') {
    const { obstacle } = reason;
    return `${obstacle.address} is held by ${obstacle.holders.join(', ')}: ${sharingText(obstacle)}`;
  }
  if (reason.kind === 'requested-address-buggy') {
    return `holds ${reason.address} but never hands it out: avoidBuggyIPs`;
  }
  return reason.kind === 'requested-pool-not-for-service'
    ? `not for this Service: ${exclusionText(reason.excludedBy)}`
    : 'does not hold all the requested addresses; they must lie in one pool';
}

/** Why two Services cannot be on one address. */
export function sharingText({ holders, why }: SharingObstacle): string {
  const holder = holders[0] ?? 'its holder';
  switch (why.kind) {
    case 'no-sharing-key': {
      const sides = why.missingOn.map((side) => (side === 'service' ? 'this Service' : holder));
      return `${sides.join(' and ')} ${sides.length > 1 ? 'have' : 'has'} no sharing key`;
    }
    case 'sharing-key-differs':
      return `its sharing key is ${why.holderKey}, not ${why.serviceKey}`;
    case 'sharing-backend-differs':
      return `the traffic policies or selectors of ${holder} and this Service differ`;
    case 'sharing-port-taken':
      return `port ${why.port} on it belongs to ${why.holder}`;
  }
}
