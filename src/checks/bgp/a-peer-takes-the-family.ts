import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { familyOf, type IpAddress } from '../../core/facts/ip.ts';
import type { BGPPeer } from '../../core/facts/kube-objects.ts';
import type { DialledPeer } from '../../core/metallb/configuration/announced.ts';
import { routesOn } from '../../core/metallb/election/sessions.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { isIn, routerOf, sendingsOf } from '../models/bgp/sessions.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** From v0.15.0 FRR hands a router only prefixes of the router's own family; nothing says that one was left out. */
export const aPeerTakesTheFamily = bgpCheck({
  id: 'MLB-B09',
  asks: 'Does a router take prefixes of the family of every address?',
  causes: ['bgp-family-left-out'],
  link: 'advertised',
  run: (way, facts) => {
    const lost = way.announcing.addresses.filter((address) => isLeftOut(address, way));
    const heard = peersMeant(way);
    const peer = way.peers.find(({ metadata }) => heard.some(({ name }) => name === metadata.name));
    const [first] = lost;
    return first === undefined || peer === undefined
      ? []
      : [findingOf(way, { lost, family: familyNames[familyOf(first)], heard, peer }, facts)];
  },
});

const familyNames = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

interface Lost {
  readonly lost: readonly IpAddress[];
  readonly family: string;
  readonly heard: readonly DialledPeer[];
  readonly peer: BGPPeer;
}

function findingOf(
  way: BGPWay,
  { lost, family, heard, peer }: Lost,
  { installation }: BGPFacts,
): Omit<Found, 'affects'> {
  const about = refOf(peer);
  const routers = someOf(heard.map((each) => `${each.name} (${routerOf(each)})`).toSorted());
  return {
    cause: 'bgp-family-left-out',
    severity: severityOn(way),
    about,
    addresses: lost,
    says: `no router hears of ${lost.join(', ')}: ${routers} ${heard.length === 1 ? 'is' : 'are'} reached over the other family, and such sessions carry no ${family} prefixes`,
    details: [
      'MetalLB leaves the prefix out in silence: ServiceBGPStatus and events name the peer all the same',
      `up to v0.14.9 every router got both families; this is ${installation?.speakerVersion ?? 'a later release'}`,
      ...otherWayLines(way),
    ],
    because: [
      seenField(about, 'spec.peerAddress', peer.spec.peerAddress ?? '(none)'),
      workedOut(
        about,
        'metallb/internal/bgp/frr: families (v0.15.0)',
        `no ${family} prefix to ${routers}`,
      ),
    ],
    suggests: remediesFor(about.name, about.namespace ?? 'metallb-system', family),
  };
}

function remediesFor(peer: string, home: string, family: string): readonly Remedy[] {
  return [
    {
      says: 'let the session carry both families, if the router does so too',
      command: kubectl`-n ${home} patch bgppeer ${peer} --type=merge -p ${'{"spec":{"dualStackAddressFamily":true}}'}`,
      mutates: true,
    },
    {
      says: `declare a second BGPPeer by the router's ${family} address`,
      command: kubectl`-n ${home} get bgppeers.metallb.io -o yaml`,
      mutates: false,
    },
  ];
}

/** Handed to a session and sent to nobody. */
function isLeftOut(address: IpAddress, way: BGPWay): boolean {
  const wanted = [...way.announcing.bgp.values()].flatMap(routesOn);
  const sent = sendingsOf(way).flatMap(({ meetings }) => meetings);
  return (
    wanted.some(({ prefix }) => isIn(address, prefix)) &&
    !sent.some(({ prefix }) => isIn(address, prefix))
  );
}

/** The peers to which the Service's routes are handed. */
function peersMeant({ announcing }: BGPWay): readonly DialledPeer[] {
  const names = new Set([...announcing.bgp.values()].flatMap(routesOn).map(({ peer }) => peer));
  return announcing.speakers.loaded
    .flatMap(({ peers }) => peers)
    .filter((peer, index, all) => all.findIndex(({ name }) => name === peer.name) === index)
    .filter(({ name }) => names.has(name));
}
