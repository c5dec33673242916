import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { IpAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenOnWire } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { servingOf } from '../models/traffic/backends.ts';
import { askHealthPort } from '../models/traffic/health-port.ts';
import { type Inside, insideOf, insideText } from '../models/traffic/inside.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';
import { leavesAddressesAlone, proxyModeIn } from '../models/wire/proxy-mode.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

type TriedFacts = Facts<'endpointSlices' | 'nodes', 'wire' | 'configMaps'>;

/** A node takes what it and its pods send to the address before it reaches the wire: that tells little of clients outside. */
export const itWasTriedFromOutside = defineCheck({
  id: 'MLB-D16',
  asks: 'Was it tried from where it is to be reached?',
  symptoms: ['no-traffic'],
  causes: ['tried-from-a-node-without-endpoint'],
  link: 'elsewhere',
  needs: ['endpointSlices', 'nodes'],
  helps: ['wire', 'configMaps'],
  enoughInNamespace: ['endpointSlices'],
  skipWhen: (facts, subject) => noServedAddress(facts, subject) ?? whyNotTold(facts, subject),
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const places = [
      ...new Set(servingOf(service, facts).flatMap(({ endpoint }) => endpoint.nodeName ?? [])),
    ].toSorted();
    const scene = { service, facts, places };
    return [...fromClient(scene), ...fromLooks(scene)];
  },
});

/** Only with policy Local it matters from which node somebody tries it. */
function whyNotTold(facts: TriedFacts, subject: Subject): string | undefined {
  if (subject !== undefined && !isLocal(subject)) {
    return 'its externalTrafficPolicy is not Local';
  }
  return facts.wire.state === 'read' || clientInside(facts) !== undefined
    ? undefined
    : 'nobody looked at the wire (--probe), and no client inside was named (--client)';
}

interface Scene {
  readonly service: Service;
  readonly facts: TriedFacts;
  /** Nodes with an endpoint. */
  readonly places: readonly string[];
}

function clientInside({ client, nodes }: Pick<TriedFacts, 'client' | 'nodes'>) {
  return client === undefined ? undefined : insideOf(client, nodes);
}

/** The client that somebody named is a node or a pod, without an endpoint there. */
function fromClient(scene: Scene): readonly Found[] {
  const { client } = scene.facts;
  const inside = clientInside(scene.facts);
  // iptables and nftables send what comes from inside to all endpoints, whatever the policy
  const isForAll = leavesAddressesAlone(proxyModeIn(scene.facts.configMaps));
  return client === undefined ||
    inside === undefined ||
    isForAll ||
    scene.places.includes(inside.node)
    ? []
    : [fromThere(scene, client, inside)];
}

function fromThere(scene: Scene, client: IpAddress, inside: Inside): Found {
  const { service, facts, places } = scene;
  const about = refOf(service);
  const mode = proxyModeIn(facts.configMaps)?.mode;
  return {
    cause: 'tried-from-a-node-without-endpoint',
    severity: 'warning',
    about,
    affects: [about],
    says: `${insideText(client, inside)}, which has no endpoint of ${keyOfService(service)}: with externalTrafficPolicy Local it may not get in, whatever clients outside do`,
    details: [
      `its endpoints are on ${placesText(places)}`,
      mode === 'ipvs'
        ? 'kube-proxy runs in mode ipvs, in which a node sends what it and its pods have for the address to its own endpoints and nowhere else'
        : 'how kube-proxy works is not known: in mode ipvs a node sends what it and its pods have for the address to its own endpoints and nowhere else; iptables and nftables send it to all',
    ],
    because: [seenField(about, 'spec.externalTrafficPolicy', 'Local'), inside.seen],
    doubts: ['kube-proxy works in mode iptables or nftables, or something else stands in for it'],
    suggests: [useClusterIp, ...askHealthPort(service, facts)],
  };
}

const useClusterIp = {
  says: 'try it from a host of the segment that is no node of the cluster; pods reach it by its cluster IP or its name',
  mutates: false,
} as const;

function fromLooks(scene: Scene): readonly Found[] {
  const { service, facts, places } = scene;
  return looksAt(service, { ...facts, wire: itemsIfRead(facts.wire) })
    .filter(({ look }) => look.from.node !== undefined && !places.includes(look.from.node))
    .filter(
      ({ look }) => look.ports.length > 0 && look.ports.every(({ outcome }) => outcome !== 'open'),
    )
    .map((look) => seenFrom(scene, look));
}

function seenFrom({ service, facts, places }: Scene, { look, address }: NamedLook): Found {
  const about = refOf(service);
  return {
    cause: 'tried-from-a-node-without-endpoint',
    severity: 'warning',
    about,
    affects: [about],
    addresses: [address],
    says: `${address} was tried from node ${look.from.node ?? ''}, which has no endpoint of ${keyOfService(service)}: with externalTrafficPolicy Local that says nothing of clients outside`,
    details: [
      `its endpoints are on ${placesText(places)}`,
      'a node sends what it has for the address to its own endpoints and nowhere else, depending on the mode of kube-proxy; a pod there is no better off',
    ],
    because: [
      seenField(about, 'spec.externalTrafficPolicy', 'Local'),
      ...look.ports.map(({ protocol, port, outcome }) =>
        seenOnWire(look, `${protocol} ${port}: ${outcome}`),
      ),
    ],
    suggests: [useClusterIp, ...askHealthPort(service, facts)],
  };
}

function placesText(places: readonly string[]): string {
  return places.length === 0 ? 'no node that is named' : someOf(places);
}
