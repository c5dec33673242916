import { mostInterfaces, type WireInterface } from './wire.ts';

/** The interfaces of a host with their addresses that are in a subnet; undefined where they are too many. */
export function subnetsOfHost(
  interfaces: readonly WireInterface[],
): readonly WireInterface[] | undefined {
  const found = interfaces
    .map(({ name, addresses }) => ({ name, addresses: addresses.filter(isOfSubnet) }))
    .filter(({ addresses }) => addresses.length > 0);
  return found.length > mostInterfaces ? undefined : found;
}

/** Single addresses are none; kube-proxy in mode ipvs gives a node thousands of them. */
function isOfSubnet(address: string): boolean {
  const length = Number(address.split('/')[1]);
  return length < (address.includes(':') ? 128 : 32) && !/^(?:127\.|fe80:)/i.test(address);
}
