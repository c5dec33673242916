import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { heldBy } from '../../core/metallb/election/held-addresses.ts';
import { type AtAGlance, glances } from '../models/announcing/at-a-glance.ts';
import { noLayer2, servicesInLayer2, withSlices } from '../models/announcing/in-layer2.ts';
import { noSlicesOfAll } from '../models/announcing/slices-of-all.ts';
import {
  announcingHelps,
  needsButSlices,
  speakersAtWork,
} from '../models/announcing/speakers-at-work.ts';
import { isHeardByBGP } from '../models/layer2/heard-by-bgp.ts';
import { toldOfInterfaces } from '../models/layer2/interface-telling.ts';
import {
  type InterfaceFacts,
  interfaceTrouble,
  type InterfaceTrouble,
} from '../models/layer2/interface-trouble.ts';
import { addressesOf } from '../models/layer2/of-services.ts';

type WholeFacts = InterfaceFacts & Facts<'services'>;

/** MLB-L15 of all Services; where no advertisement names interfaces, no election is run for it. */
export const electedNodesHaveTheirInterfaces = defineCheck({
  id: 'MLB-L25',
  asks: 'Have the elected nodes the interfaces that the advertisements name?',
  symptoms: ['health'],
  causes: ['interface-excluded', 'interface-missing', 'interface-without-responder'],
  link: 'announced',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices', 'events', 'configMaps', 'serviceL2Statuses'],
  skipWhen: (known) => {
    const facts = withSlices(known);
    return noLayer2(facts) ?? noSlicesOfAll(known.endpointSlices) ?? unasked(facts);
  },
  run: (known) => {
    const facts = withSlices(known);
    const groups = Map.groupBy(
      asOneTrouble(troublesIn(facts)),
      ({ trouble: { kind, wanted, advertisements } }) =>
        [kind, ...wanted, advertisements[0]?.metadata.name].join(),
    );
    return [...groups.values()].flatMap((all) => finding(all, facts));
  },
});

/** The list of interfaces to leave alone counts too, and what comes of it the speakers say. */
function unasked({
  l2Advertisements,
  installation,
  speakerLogs,
  events,
}: WholeFacts): string | undefined {
  const isNamed = l2Advertisements.some(
    ({ metadata, spec }) =>
      metadata.namespace === installation?.namespace && spec.interfaces.length > 0,
  );
  if (!isNamed) {
    return 'no advertisement names interfaces';
  }
  const isSaid = itemsIfRead(events).some(({ reason }) => reason === 'announceFailed');
  return isSaid || speakerLogs.state === 'read'
    ? undefined
    : 'the logs of the speakers were not read';
}

interface Struck {
  readonly glance: AtAGlance;
  readonly trouble: InterfaceTrouble;
}

function troublesIn(facts: WholeFacts): readonly Struck[] {
  const glanceAt = glances(facts);
  return glanceAt === undefined
    ? []
    : servicesInLayer2(facts).flatMap((service) => {
        const glance = glanceAt(service);
        const { announcer: node, layer2 } = glance;
        const wanted = layer2.announced[0]?.interfaces;
        if (node === undefined || wanted === undefined) {
          return [];
        }
        const pools = poolsOf(service, facts);
        const trouble = interfaceTrouble({ service, pools, node, wanted }, facts);
        // of speakers that run for long the first lines are lost, and nothing can be said of all Services by the rest
        return trouble === undefined || (trouble.kind === 'mute' && !trouble.isFromTheStart)
          ? []
          : [{ glance, trouble }];
      });
}

/** Events live for an hour: a node that lacks the interface for one Service lacks it for all. */
function asOneTrouble(struck: readonly Struck[]): readonly Struck[] {
  const keyOf = ({ trouble: { node, wanted } }: Struck) => [node, ...wanted].join();
  const lacking = new Map(
    struck.filter(({ trouble }) => trouble.kind === 'missing').map((each) => [keyOf(each), each]),
  );
  return struck.map((each) => {
    const known = lacking.get(keyOf(each));
    return each.trouble.kind !== 'mute' || known === undefined
      ? each
      : { ...each, trouble: { ...known.trouble, service: each.trouble.service } };
  });
}

function poolsOf(service: Service, facts: WholeFacts) {
  const [first] = speakersAtWork(facts)?.loaded ?? [];
  const held = first === undefined ? undefined : heldBy(service, first);
  return held?.kind === 'held' ? [held.pool] : [];
}

function finding(struck: readonly Struck[], { installation }: WholeFacts): readonly Found[] {
  const all = struck.map(({ trouble }) => trouble);
  const [first] = all;
  if (first === undefined) {
    return [];
  }
  const addresses = addressesOf(all.map(({ service }) => service));
  const found = toldOfInterfaces({ first, all, addresses }, installation);
  // where BGP brings the traffic all the same, nothing is lost
  return struck.every(({ glance }) => isHeardByBGP(glance))
    ? [{ ...found, severity: 'warning' }]
    : [found];
}
