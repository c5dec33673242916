import { familyOf, parseAddress } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { StackFamily } from './answer.ts';
import { quotedList } from './go-text.ts';

/** The family of a list of addresses, or MetalLB's words for why it has none. */
export type FamilyFinding =
  | { readonly kind: 'family'; readonly family: StackFamily }
  | { readonly kind: 'unknown'; readonly message: string };

/** One address has its family, two of different families are dual, anything else has none. */
export function familyOfTexts(texts: readonly string[]): FamilyFinding {
  if (texts.length !== 1 && texts.length !== 2) {
    return unknown(`invalid ips length ${texts.length} ${quotedList(texts)}`);
  }
  const addresses = texts.map(parseAddress).filter((address) => address !== undefined);
  const [first, second] = addresses.map(familyOf);
  if (first === undefined || addresses.length !== texts.length) {
    return unknown(`Invalid address ${quotedList(texts)}`);
  }
  if (second === undefined) {
    return { kind: 'family', family: first };
  }
  return first === second
    ? unknown(`same address family ${quotedList(texts)}`)
    : { kind: 'family', family: 'dual' };
}

/** A Service's family comes from its cluster IPs, never from `ipFamilies`. */
export function familyOfService(service: Service): FamilyFinding {
  const { clusterIPs, clusterIP } = service.spec;
  return familyOfTexts(clusterIPs.length > 0 ? clusterIPs : [clusterIP ?? '']);
}

function unknown(message: string): FamilyFinding {
  return { kind: 'unknown', message: `IPFamilyForAddresses: ${message}` };
}
