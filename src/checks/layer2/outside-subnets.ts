import type { Found } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { cidrText } from '../../core/facts/ip.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import type { KnownSubnet } from '../models/layer2/subnets.ts';
import type { Whereabouts } from '../models/layer2/whereabouts.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { placeText } from '../models/wire/words.ts';
import { anotherInterface, fromTheSubnet, routedOnto, seeSubnets } from './subnet-remedies.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What follows where subnets of nodes are known; undefined where too few of them are. */
export function outsideSubnets(
  place: Whereabouts,
  nodes: readonly Node[],
): readonly Found[] | undefined {
  const { announcer, own, holding, whole } = place;
  const isWhole = whole.has(announcer);
  if (holding.length > 0) {
    const isKnown = isWhole || own.some(({ node }) => node === announcer);
    const isIn = holding.some(({ node }) => node === announcer);
    return isKnown && !isIn ? [elsewhere(place, isWhole)] : [];
  }
  const areAllKnown = nodes.every(({ metadata }) => own.some(({ node }) => node === metadata.name));
  return isWhole || areAllKnown ? [outside(place, nodes)] : undefined;
}

/** Certain only where every subnet of the elected node is known, and somebody saw that nobody answers. */
function severityOf({ silent }: Whereabouts, isWhole: boolean): 'error' | 'warning' {
  return isWhole && silent.length > 0 ? 'error' : 'warning';
}

function elsewhere(place: Whereabouts, isWhole: boolean): Found {
  const { scene, address, announcer, own, holding } = place;
  const about = refOf(scene.service);
  const at = own.filter(({ node }) => node === announcer);
  const nodes = [...new Set(holding.map(({ node }) => node))].toSorted();
  return {
    cause: 'elected-outside-subnet',
    severity: severityOf(place, isWhole),
    about,
    affects: [about],
    addresses: [address],
    says: `${announcer} is elected to announce ${address}, and it is not in that subnet: ${subnetsText(at)}`,
    details: [
      `${subnetsText(holding)} contains the address; of it are ${someOf(nodes)}`,
      'speakers answer on every interface whatever the subnet, so the election does not heed this',
      ...silenceIn(place),
    ],
    because: [...evidenceOf([...at, ...holding]), ...heardBy(place)],
    doubts: isWhole ? [] : [anotherInterface],
    suggests: [
      {
        says: 'give each subnet a pool and an L2Advertisement of its own, with nodeSelectors for the nodes in it',
        command: 'kubectl get nodes -o wide --show-labels',
        mutates: false,
      },
      ...(isWhole ? [] : [seeSubnets(place)]),
    ],
  };
}

function outside(place: Whereabouts, nodes: readonly Node[]): Found {
  const { scene, address, announcer, own, whole } = place;
  const about = refOf(scene.service);
  const isWhole = whole.has(announcer);
  const isOfAll = nodes.every(({ metadata }) => whole.has(metadata.name));
  const at = isWhole && !isOfAll ? own.filter(({ node }) => node === announcer) : own;
  const severity = severityOf(place, isWhole);
  return {
    cause: 'address-in-no-subnet',
    // whoever names interfaces has thought of where the address is
    severity: place.isPlaced && !isWhole ? 'info' : severity,
    about,
    affects: [about],
    addresses: [address],
    says: `${address} is in no ${whose(announcer, { isWhole, isOfAll })}: ${subnetsText(at)}`,
    details: [
      ...(isWhole ? [] : [hint]),
      'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
      ...silenceIn(place),
    ],
    because: [...evidenceOf(at), ...heardBy(place)],
    doubts: [...(isWhole ? [] : [anotherInterface]), routedOnto],
    suggests: [fromTheSubnet, ...(isWhole ? [] : [seeSubnets(place)])],
  };
}

const hint =
  'of a node only one subnet is known: another interface, or a VLAN, may have that of the address';

function whose(
  announcer: string,
  { isWhole, isOfAll }: { readonly isWhole: boolean; readonly isOfAll: boolean },
): string {
  if (isOfAll) {
    return 'subnet of any node';
  }
  return isWhole
    ? `subnet of ${announcer}, which is elected to announce it`
    : 'known subnet of a node';
}

function silenceIn({ silent }: Whereabouts): readonly string[] {
  return silent.map(({ look }) => {
    const { reach } = look;
    const by = reach?.kind === 'routed' ? `, which sends it to the router ${reach.gateway}` : '';
    return `nothing of it comes back to ${placeText(look)}${by}`;
  });
}

function heardBy({ silent, address }: Whereabouts): readonly Evidence[] {
  return silent.map(({ look }) => seenOnWire(look, `nothing comes back from ${address}`));
}

/** Subnets of pods and containers are of no use to anybody outside. */
function subnetsText(subnets: readonly KnownSubnet[]): string {
  const outer = subnets.filter(({ isInner }) => !isInner);
  const texts = new Set((outer.length > 0 ? outer : subnets).map(({ cidr }) => cidrText(cidr)));
  return texts.size === 0 ? 'it has none of this family' : someOf([...texts].toSorted());
}

const shown = 3;

function evidenceOf(subnets: readonly KnownSubnet[]): readonly Evidence[] {
  return subnets
    .filter(({ isInner }) => !isInner)
    .slice(0, shown)
    .map(({ seen }) => seen);
}
