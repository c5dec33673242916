import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import { type Facts, remembered } from '../../core/diagnosis/facts.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { allocationOf } from '../models/allocation/allocation.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { isServedBy, poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { type RivalMark, rivalMarks, rivalWorkloads } from '../models/rivals/rivals.ts';
import { endRivalry } from '../models/rivals/end-rivalry.ts';
import { seenEvent } from '../models/seen.ts';
import { isPending, keyOfService } from '../models/services.ts';

type RivalFacts = Facts<
  'services' | 'ipAddressPools' | 'daemonSets',
  'nodes' | 'events' | 'namespaces' | 'communities' | 'deployments'
>;

/** Two controllers that both serve a Service overwrite each other's addresses. */
export const metallbIsAlone = defineCheck({
  id: 'MLB-A25',
  asks: 'Is MetalLB the only one to serve the Service?',
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['rival-controller'],
  link: 'elsewhere',
  needs: ['services', 'ipAddressPools', 'daemonSets'],
  helps: ['nodes', 'events', 'namespaces', 'communities', 'deployments'],
  everywhere: ['daemonSets'],
  alsoNeeds: (facts, subject) => [
    ...namespacesIfSelected(facts),
    ...(asked(facts, subject).some((service) => strayOf(service, facts).length > 0)
      ? (['nodes'] as const)
      : []),
  ],
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const marked = asked(facts, subject).flatMap((service) => {
      const marks = rivalMarks(service, {
        products: productsAt(facts),
        nodes: nodesByAddress(facts),
        stray: strayOf(service, facts),
        isRefused:
          isPending(service) && allocationOf(facts)?.answerFor(service).outcome === 'refused',
      });
      const [first] = marks;
      return first === undefined ? [] : [{ service, marks, product: first.product }];
    });
    return [...Map.groupBy(marked, ({ product }) => product).entries()].map(([product, cases]) =>
      finding({ product, cases, facts, subject }),
    );
  },
});

const productsAt = remembered((facts: RivalFacts) =>
  rivalWorkloads(facts.daemonSets, itemsIfRead(facts.deployments)),
);

const nodesByAddress = remembered(
  (facts: RivalFacts): ReadonlyMap<string, string> =>
    new Map(
      itemsIfRead(facts.nodes).flatMap((node) =>
        node.status.addresses.map(({ address }): [string, string] => [address, node.metadata.name]),
      ),
    ),
);

interface Rivalry {
  readonly product: string;
  readonly cases: readonly { readonly service: Service; readonly marks: readonly RivalMark[] }[];
  readonly facts: RivalFacts;
  readonly subject: Subject;
}

const casesShown = 4;

function finding({ product, cases, facts, subject }: Rivalry): Found {
  const services = cases.map(({ service }) => service);
  const [first] = services;
  const names = services.map(keyOfService).toSorted();
  const whom = subject === undefined ? names.slice(0, casesShown).join(', ') : 'it';
  const marks = cases.slice(0, casesShown).flatMap((each) => each.marks);
  const isHint = cases.every((each) => each.marks.every((mark) => mark.isHint === true));
  return {
    cause: 'rival-controller',
    severity: isHint ? 'warning' : 'error',
    about: first === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(first),
    affects: services.map(refOf),
    says: isHint
      ? `somebody else writes into the status of ${whom === 'it' ? names.join(', ') : whom} too: ${product}, a script, or a person`
      : `${product} serves ${whom} too, and overwrites what MetalLB writes`,
    details: marks.map(({ says }) => says),
    because: [
      ...marks.map(({ evidence }) => evidence),
      ...services
        .slice(0, casesShown)
        .flatMap((service) => fightsOver(service, facts).map(seenEvent)),
    ],
    doubts: [
      'the other product is meant to serve this Service; then give it a loadBalancerClass of its own',
    ],
    suggests: [endRivalry(product, productsAt(facts), services)],
  };
}

/** Addresses that are cleared again and again. */
function fightsOver(service: Service, facts: RivalFacts): readonly KubeEvent[] {
  return eventsAbout(facts, refOf(service))
    .filter((event) => event.reason === 'ClearAssignment')
    .slice(0, 1);
}

function asked(facts: RivalFacts, subject: Subject): readonly Service[] {
  const services = subject === undefined ? facts.services : [subject];
  return services.filter((service) => isServedBy(facts.installation, service));
}

function strayOf(service: Service, facts: RivalFacts): readonly string[] {
  const configuration = configurationOf(facts);
  return configuration?.state === 'accepted' ? strayAddresses(service, poolIndexOf(facts)) : [];
}
