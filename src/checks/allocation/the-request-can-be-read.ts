import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { familyOf, parseAddress, trimmed } from '../../core/facts/ip.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** A request is a comma-separated list of plain addresses; anything else refuses it whole. */
export const theRequestCanBeRead = earlyRefusalCheck({
  id: 'MLB-A12',
  asks: 'Can the requested address be read?',
  cause: 'request-malformed',
  reasons: ['request-malformed'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    return {
      says: `its request ${reason.source} "${reason.raw}" ${troubleIn(reason.raw)}`,
      many: 'their requested addresses cannot be read',
      details: [
        `${reason.source}: "${reason.raw}"`,
        'no prefix length, range, zone, brackets, leading zeros or trailing comma; at most one address per family',
      ],
      suggests: [
        {
          says: 'correct it',
          command: kubectl`-n ${namespace} edit service ${name}`,
          mutates: true,
        },
      ],
    };
  },
});

/** Where each part is an address, it is their number or their families that MetalLB cannot take. */
function troubleIn(raw: string): string {
  const parts = raw.split(',').map(trimmed);
  const addresses = parts.map(parseAddress).filter((address) => address !== undefined);
  const families = new Set(addresses.map(familyOf));
  const pair = 'one IPv4 and one IPv6';
  if (addresses.length < parts.length) {
    return 'is not a list of plain addresses';
  }
  if (addresses.length > 2) {
    return `names ${addresses.length} addresses; at most two are taken, ${pair}`;
  }
  return `names two ${families.has('ipv4') ? 'IPv4' : 'IPv6'} addresses; two are taken only as ${pair}`;
}
