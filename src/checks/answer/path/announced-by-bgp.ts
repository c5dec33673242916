import { factsFrom } from '../../../core/diagnosis/material.ts';
import { contains, parseAddress, parseCidr } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';
import { type BGPFacts, bgpHelps, bgpNeeds } from '../../models/bgp/bgp-way.ts';
import { sessionsCarrying } from '../../models/bgp/session-states.ts';
import { type Known, type PathScene } from './path-scene.ts';
import { whyNobody } from './why-nobody.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** What becomes of one address by BGP: to whom it goes, and over how many sessions. */
export function inBGP(address: string, announcing: Announcing, scene: PathScene): Known {
  const { bgp, advertisers } = announcing;
  if (advertisers.length === 0) {
    return { answer: 'broken', says: `nobody advertises it by BGP: ${whyNobody(announcing)}` };
  }
  const routes = [...bgp].flatMap(([node, decision]) =>
    decision.advertises ? decision.routes.map((route) => ({ node, ...route })) : [],
  );
  const prefixes = [...new Set(routes.map(({ prefix }) => prefix))].filter((prefix) =>
    holds(prefix, address),
  );
  const peers = [...new Set(routes.map(({ peer }) => peer))];
  if (peers.length === 0 && !arePeersKnown(scene)) {
    return { answer: 'unknown', says: 'to whom it goes is not known: the BGPPeers were not read' };
  }
  if (peers.length === 0) {
    return {
      answer: 'broken',
      says: `no BGPPeer selects ${someOf(advertisers)}, where it is to be advertised`,
    };
  }

  return overSessions(address, `${someOf(prefixes)} goes to ${someOf(peers)}`, scene);
}

function arePeersKnown({ material }: PathScene): boolean {
  const { state } = material.readings.bgpPeers;
  return state === 'read' || state === 'absent';
}

function overSessions(address: string, aim: string, { service, material }: PathScene): Known {
  const facts = factsFrom(material, bgpNeeds, bgpHelps);
  const sessions = sessionsCarrying(address, service, facts);
  const up = sessions.filter(({ state }) => state === 'up');
  if (up.length > 0) {
    const count = `${up.length} of ${sessions.length} sessions`;
    return { answer: 'good', says: `${aim}; ${count} ${up.length === 1 ? 'is' : 'are'} up` };
  }
  const asks =
    facts.installation?.bgpType === 'frr'
      ? 'only FRR knows whether the sessions are up: vtysh -c "show bgp summary" in the container frr of a speaker'
      : 'whether the sessions are up is not said here';
  return { answer: 'unknown', says: `${aim}${handedOver(service, facts)}; ${asks}` };
}

/** A ServiceBGPStatus is written when a prefix is handed over, whatever becomes of the session. */
function handedOver({ metadata }: Service, { serviceBGPStatuses }: BGPFacts): string {
  const nodes = itemsIfRead(serviceBGPStatuses).flatMap(({ status }) =>
    status.serviceName === metadata.name &&
    status.serviceNamespace === metadata.namespace &&
    status.peers.length > 0
      ? (status.node ?? [])
      : [],
  );
  return nodes.length === 0 ? '' : ` (ServiceBGPStatus of ${someOf(nodes.toSorted())})`;
}

function holds(prefix: string, address: string): boolean {
  const [range, inside] = [parseCidr(prefix), parseAddress(address)];
  return range !== undefined && inside !== undefined && contains(range, inside);
}
