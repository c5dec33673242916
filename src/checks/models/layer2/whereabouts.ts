import type { Facts } from '../../../core/diagnosis/facts.ts';
import { contains, familyOf, type IpAddress } from '../../../core/facts/ip.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { isOpenIn } from '../wire/elected.ts';
import { looksAt, type NamedLook } from '../wire/looks.ts';
import { type KnownSubnet, knownSubnets } from './subnets.ts';
import type { Layer2Scene } from './scene.ts';

/** What tells where an address is, and whether anybody reaches it there. */
export type WhereaboutsFacts = AnnouncingFacts & Facts<never, 'wire'>;

/** One address beside the subnets of the nodes. */
export interface Whereabouts {
  readonly scene: Layer2Scene;
  readonly address: IpAddress;
  /** The node that is elected to announce it. */
  readonly announcer: string;
  /** Known subnets of the address's family. */
  readonly own: readonly KnownSubnet[];
  /** Those of them that contain the address. */
  readonly holding: readonly KnownSubnet[];
  /** Nodes all of whose subnets are known. */
  readonly whole: ReadonlySet<string>;
  /** Somebody from outside got in, or heard the elected node answer: wherever it is, it works. */
  readonly isReached: boolean;
  /** Looks from outside that found nobody. */
  readonly silent: readonly NamedLook[];
  /** An advertisement names the interfaces to answer on: somebody has thought of where the address is. */
  readonly isPlaced: boolean;
}

/** Where each address of the Service is, as far as anybody can tell. */
export function whereaboutsOf(scene: Layer2Scene, facts: WhereaboutsFacts): readonly Whereabouts[] {
  const { announcer, addresses, layer2 } = scene.announcing;
  if (announcer === undefined) {
    return [];
  }
  const wire = itemsIfRead(facts.wire);
  const looks = looksAt(scene.service, { ...facts, wire });
  const subnets = knownSubnets(facts.nodes, wire);
  return addresses.map((address) => {
    const own = subnets.filter(({ cidr }) => cidr.family === familyOf(address));
    const ofIt = looks.filter((look) => look.look.address === address);
    return {
      scene,
      address,
      announcer,
      own,
      holding: own.filter(({ cidr }) => contains(cidr, address)),
      whole: new Set(subnets.flatMap(({ node, isOfAll }) => (isOfAll ? [node] : []))),
      isReached: ofIt.some((look) => isReachedIn(look, announcer)),
      silent: ofIt.filter((look) => isSilent(look, announcer)),
      isPlaced: layer2.announced.some(({ interfaces }) => interfaces !== undefined),
    };
  });
}

function isReachedIn(named: NamedLook, announcer: string): boolean {
  const { from, reach } = named.look;
  const isFromOutside = from.node === undefined && reach?.kind !== 'own';
  return (isFromOutside && isOpenIn(named)) || named.answers.some(({ node }) => node === announcer);
}

/** Nobody answered in a segment where nodes do, or every connection from outside came to nothing. */
function isSilent({ look, sight, answers }: NamedLook, announcer: string): boolean {
  const tried = look.ports.filter(({ protocol }) => protocol === 'TCP');
  const isLost =
    look.from.node === undefined &&
    look.reach?.kind !== 'own' &&
    tried.length > 0 &&
    tried.every(({ outcome }) => outcome === 'timeout' || outcome === 'unreachable');
  const isUnheard = sight === 'segment' && answers.length === 0 && look.from.node !== announcer;
  return isLost || isUnheard;
}
