import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { isOpenIn } from '../models/wire/elected.ts';
import { limitOf } from '../models/wire/limits.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';

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
          const isEnough =
            limits.some((limit) => limit === undefined) || ofOne.some(arrivesAsClient);
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

/** Whoever answers: what matters came about. A node, or the holder of the address, is no client. */
function arrivesAsClient(named: NamedLook): boolean {
  const { from, reach } = named.look;
  return from.node === undefined && reach?.kind !== 'own' && isOpenIn(named);
}

function finding(service: Service, looks: readonly NamedLook[], limits: readonly string[]): Found {
  const [first] = looks;
  const isFromNode = looks.every(({ look }) => look.from.node !== undefined);
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
        says: isFromNode
          ? 'look from a host in the segment of the nodes that is no node itself: it sees what clients see'
          : 'look from a host in the segment of the nodes, as root, or from a node with --from-node',
        mutates: false,
      },
    ],
  };
}
