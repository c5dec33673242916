import { factsFrom } from '../../../core/diagnosis/material.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';
import { type Claim, claimsOn } from '../../models/announcing/claims.ts';
import { announcingHelps, announcingNeeds } from '../../models/announcing/speakers-at-work.ts';
import { standingClaims } from '../../models/announcing/standing.ts';
import { inBGP } from './announced-by-bgp.ts';
import { whyNobody } from './why-nobody.ts';
import { type Known, type PathScene, together } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Which node is it, and does it announce? */
export function announcedStep(address: string, announcing: Announcing, scene: PathScene): Known {
  const { by } = announcing;
  return together([
    ...(by.includes('layer2') ? [inLayer2(address, announcing, scene)] : []),
    ...(by.includes('bgp') ? [inBGP(address, announcing, scene)] : []),
  ]);
}

function inLayer2(address: string, announcing: Announcing, scene: PathScene): Known {
  const { announcer, layer2, mute, mayAnnounce } = announcing;
  const [first, ...others] = layer2.candidates;
  if (first === undefined) {
    return { answer: 'broken', says: `nobody announces it: ${whyNobody(announcing)}` };
  }
  if (mute !== undefined) {
    const why =
      mute.why === 'no-speaker' ? 'no speaker runs there' : 'its speaker refuses its configuration';
    return { answer: 'broken', says: `${mute.node} is elected, and ${why}` };
  }
  const then = others.length === 0 ? '' : ` (then ${someOf(others)})`;
  const open = mayAnnounce.length === 0 ? '' : `, or ${someOf(mayAnnounce)} if it is alive`;
  const elected = `${announcer ?? first} is elected${then}${open}${interfacesText(address, layer2)}`;
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

/** Only where an advertisement names interfaces. */
function interfacesText(address: string, { announced }: Announcing['layer2']): string {
  const own = announced.find((each) => each.address === parseAddress(address));
  return own?.interfaces === undefined ? '' : ` on ${someOf(own.interfaces)}`;
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
