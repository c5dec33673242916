import type { NamedLook } from './looks.ts';
import { placeText } from './words.ts';

/** Why a look says little about who answers; undefined when it does say it. */
export function limitOf({ sight, look }: NamedLook): string | undefined {
  const place = placeText(look);
  if (look.reach?.kind === 'own') {
    return `the address is one of ${place}'s own, on ${look.reach.interface}: its packets never leave it`;
  }
  if (look.reach?.kind === 'routed') {
    return `${place} reaches the address by the router ${look.reach.gateway}: who answers for it cannot be seen behind a router, only whether ports are open`;
  }
  if (look.reach?.kind === 'unroutable') {
    return `${place} has no route to the address`;
  }
  switch (sight) {
    case 'segment':
      return look.from.node === undefined
        ? undefined
        : `${place} looked: from a node kube-proxy takes connections before they reach the wire`;
    case 'proxied':
      return `one Ethernet address answers for several nodes at ${place}: something in between answers for all (proxy ARP)`;
    case 'passive':
      return `at ${place} only the kernel's neighbour table could be read`;
    case 'unproven':
      return `no node answers ${place} for its own address: it may not be on their segment`;
    case 'none':
      return `nothing was asked at ${place}`;
  }
}
