import { familyOf, parseAddress } from '../../../core/facts/ip.ts';
import type { AtAGlance } from '../announcing/at-a-glance.ts';
import { addressesIn } from '../services.ts';

/** True when some node hands every address of the Service to a BGP neighbour, whatever layer 2 does. */
export function isHeardByBGP({ service, advertisers }: AtAGlance): boolean {
  return addressesIn(service).every((text) => {
    const address = parseAddress(text);
    return address !== undefined && advertisers(familyOf(address)).length > 0;
  });
}
