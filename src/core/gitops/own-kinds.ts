import { text, type Raw } from '../cluster/parse/fields.ts';

const judged: ReadonlySet<unknown> = new Set([
  'IPAddressPool',
  'L2Advertisement',
  'BGPAdvertisement',
  'BGPPeer',
  'BFDProfile',
  'Community',
  'AddressPool',
]);

/** True for the kinds that MetalLB makes its configuration of. */
export function isOurs(value: Raw): boolean {
  return text(value, 'apiVersion')?.startsWith('metallb.io/') === true && judged.has(value['kind']);
}
