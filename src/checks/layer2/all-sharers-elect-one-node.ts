import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { type AtAGlance, glances } from '../models/announcing/at-a-glance.ts';
import { noLayer2, servicesInLayer2, withSlices } from '../models/announcing/in-layer2.ts';
import { noSlicesOfAll } from '../models/announcing/slices-of-all.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  needsButSlices,
} from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

/** MLB-L18 of all Services: where no two share an address, no election is run for it. */
export const allSharersElectOneNode = defineCheck({
  id: 'MLB-L27',
  asks: 'Do Services that share an address elect one node?',
  symptoms: ['health'],
  causes: ['shared-address-two-announcers'],
  link: 'announced',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices'],
  skipWhen: (known) => noLayer2(withSlices(known)) ?? noSlicesOfAll(known.endpointSlices),
  run: (known) => {
    const torn = tornAddresses(withSlices(known));
    const [first] = torn;
    return first === undefined ? [] : [finding(first, torn)];
  },
});

interface Torn {
  readonly address: string;
  /** A Service for each of the nodes, by node. */
  readonly pairs: readonly { readonly node: string; readonly service: Service }[];
  readonly services: readonly Service[];
}

/** Addresses that two Services hold of which each has an announcer for certain, and not the same. */
function tornAddresses(facts: AnnouncingFacts & Facts<'services'>): readonly Torn[] {
  const glanceAt = glances(facts);
  const held = servicesInLayer2(facts).flatMap((service) =>
    addressesIn(service).map((address) => ({ address, service })),
  );
  return [...Map.groupBy(held, ({ address }) => address)].flatMap(([address, all]) => {
    const seen = all.length < 2 ? [] : all.flatMap(({ service }) => glanceAt?.(service) ?? []);
    const pairs = [...new Map(seen.flatMap(pairIn)).values()];
    return pairs.length < 2
      ? []
      : [{ address, pairs, services: seen.map(({ service }) => service) }];
  });
}

function pairIn({ announcer, mayAnnounce, service }: AtAGlance) {
  return announcer === undefined || mayAnnounce.length > 0
    ? []
    : [[announcer, { node: announcer, service }] as const];
}

function finding(first: Torn, torn: readonly Torn[]): Found {
  const services = new Map(
    torn.flatMap((each) => each.services).map((service) => [keyOfService(service), service]),
  );
  const which = first.pairs
    .map(({ node, service }) => `by ${node} for ${keyOfService(service)}`)
    .join(' and ');
  const more = torn.length === 1 ? '' : `, and so with ${torn.length - 1} more`;
  const [about] = first.services.map(refOf);
  return {
    cause: 'shared-address-two-announcers',
    severity: 'error',
    about: about ?? { kind: 'Cluster', name: 'cluster' },
    affects: [...services.values()].map(refOf),
    says: `${first.address} is announced ${which}${more}`,
    details: [
      ...first.pairs.map(
        ({ service }) => `${keyOfService(service)} has ${addressesIn(service).join(', ')}`,
      ),
      'the node is elected by the first address of each Service; where the first ones differ, so can the nodes',
    ],
    because: first.pairs.map(({ node, service }) =>
      workedOut(
        refOf(service),
        'metallb/speaker: the election hashes the first address',
        `${node} for ${keyOfService(service)}`,
      ),
    ),
    suggests: [
      {
        says: 'let all have the same addresses in the same order, or give one of them an address of its own',
        command: 'kubectl get services -A -o wide',
        mutates: false,
      },
    ],
  };
}
