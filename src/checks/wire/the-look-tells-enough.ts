import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';
import { placeText } from '../models/wire/words.ts';

/** ARP and NDP end at the next router, and a node takes its own packets before they reach the wire. */
export const theLookTellsEnough = defineCheck({
  id: 'MLB-W07',
  asks: 'Was the wire looked at from a place that shows what clients see?',
  symptoms: ['no-traffic'],
  causes: ['look-proves-little'],
  needs: ['wire', 'nodes'],
  helps: [],
  link: 'wire',
  basis: 'observed',
  skipWhen: (facts, service) => {
    if (service === undefined) {
      return 'there is no Service in question';
    }
    return looksAt(service, facts).length === 0
      ? 'nobody looked at its addresses (--probe)'
      : undefined;
  },
  run: (facts, service) => {
    const looks = service === undefined ? [] : looksAt(service, facts);
    return service === undefined
      ? []
      : [...Map.groupBy(looks, ({ address }) => address).values()].flatMap((ofOne) => {
          const limits = ofOne.map((look) => limitOf(look));
          const isEnough = limits.some((limit) => limit === undefined);
          return isEnough
            ? []
            : [
                finding(
                  service,
                  ofOne,
                  limits.flatMap((each) => each ?? []),
                ),
              ];
        });
  },
});

/** Why a look says little about who answers; undefined when it does say it. */
function limitOf({ sight, look }: NamedLook): string | undefined {
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

function finding(service: Service, looks: readonly NamedLook[], limits: readonly string[]): Found {
  const [first] = looks;
  return {
    cause: 'look-proves-little',
    severity: 'info',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: first === undefined ? [] : [first.address],
    says: `what was seen of ${first?.address ?? 'it'} proves little: ${limits[0] ?? ''}`,
    details: [...limits.slice(1), ...new Set(looks.flatMap(({ look }) => look.unseen))],
    because: looks.map(({ look }, index) => seenOnWire(look, limits[index] ?? '')),
    suggests: [
      {
        says: 'look from a host in the segment of the nodes that is no node itself, as root; or from a node with --from-node',
        mutates: false,
      },
    ],
  };
}
