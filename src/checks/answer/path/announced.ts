import { factsFrom } from '../../../core/diagnosis/material.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';
import { type Claim, claimsOn } from '../../models/announcing/claims.ts';
import { announcingHelps, announcingNeeds } from '../../models/announcing/speakers-at-work.ts';
import { standingClaims } from '../../models/announcing/standing.ts';
import { type Known, type PathScene, someOf, together } from './path-scene.ts';

/** Which node is it, and does it announce? */
export function announcedStep(announcing: Announcing, scene: PathScene): Known {
  const { by } = announcing;
  return together([
    ...(by.includes('layer2') ? [inLayer2(announcing, scene)] : []),
    ...(by.includes('bgp') ? [inBGP(announcing, scene)] : []),
  ]);
}

function inLayer2(announcing: Announcing, scene: PathScene): Known {
  const { announcer, layer2, mute } = announcing;
  const [first, ...others] = layer2.candidates;
  if (first === undefined) {
    return { answer: 'broken', says: 'nobody announces it' };
  }
  if (mute !== undefined) {
    const why =
      mute.why === 'no-speaker' ? 'no speaker runs there' : 'its speaker refuses its configuration';
    return { answer: 'broken', says: `${mute.node} is elected, and ${why}` };
  }
  const then = others.length === 0 ? '' : ` (then ${someOf(others)})`;
  const elected = `${announcer ?? first} is elected${then}`;
  const claims = standingIn(scene).filter(({ protocol }) => protocol === 'layer2');
  const own = claims.find(({ node }) => node === announcer);
  const [other] = claims;
  if (own !== undefined) {
    return { answer: 'good', says: `${elected}; ${witness(own)} says that it announces` };
  }
  return other === undefined
    ? { answer: 'unknown', says: `${elected}; nothing says whether it announces` }
    : { answer: 'doubtful', says: `${elected}, but ${witness(other)} names ${other.node}` };
}

function standingIn({ service, material }: PathScene): readonly Claim[] {
  const facts = factsFrom(material, announcingNeeds, [
    ...announcingHelps,
    'serviceL2Statuses',
    'events',
  ]);
  return standingClaims(claimsOn(service, facts), facts);
}

function witness({ by, evidence: { source } }: Claim): string {
  switch (by) {
    case 'status':
      return source.kind === 'field' ? `${source.of.kind} ${source.of.name}` : 'ServiceL2Status';
    case 'event':
      return 'event nodeAssigned';
    case 'log':
      return source.kind === 'log' ? `the log of ${source.pod}` : 'a log';
  }
}

function inBGP({ bgp, service }: Announcing, { material }: PathScene): Known {
  const routes = [...bgp].flatMap(([node, decision]) =>
    decision.advertises ? decision.routes.map((route) => ({ node, ...route })) : [],
  );
  const prefixes = [...new Set(routes.map(({ prefix }) => prefix))];
  const peers = [...new Set(routes.map(({ peer }) => peer))];
  if (peers.length === 0) {
    return { answer: 'broken', says: 'no BGPPeer is there that it could be advertised to' };
  }
  const { name, namespace } = service.metadata;
  const told = itemsIfRead(material.readings.serviceBGPStatuses).filter(
    ({ status }) =>
      status.serviceName === name &&
      status.serviceNamespace === namespace &&
      status.peers.length > 0,
  );
  const aim = `${someOf(prefixes)} goes to ${someOf(peers)}`;
  const from = someOf(told.flatMap(({ status }) => status.node ?? []));
  return told.length > 0
    ? { answer: 'good', says: `${aim}; ServiceBGPStatus says so of ${from}` }
    : { answer: 'unknown', says: `${aim}; whether the sessions are up is not said here` };
}
