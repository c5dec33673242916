import type { DrilledAddress } from '../../core/facts/drill-report.ts';
import { compareAddresses, familyOf, parseAddress, type IpAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import { someOf } from '../../core/facts/in-words.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';
import { wordsFor } from '../models/announcing/obstacle-words.ts';
import { electLayer2 } from '../../core/metallb/election/layer2.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { afterTheLoss, type Aftermath, type Beforehand, type Loss } from './after-the-loss.ts';

/** What happens to all addresses when nodes go. */
export interface DrilledAddresses {
  /** Those to which something happens, or of which that is open: the lost ones first, then by address. */
  readonly addresses: readonly DrilledAddress[];
  readonly untouched: number;
  readonly already: number;
  readonly open: number;
  readonly hanging: Hanging;
}

/** Addresses that only nodes can announce of which it is open whether they do. */
export interface Hanging {
  readonly nodes: ReadonlySet<string>;
  /** How many of the open ones do. */
  readonly open: number;
  /** How many of them are lost for certain, as those nodes are thought away. */
  readonly lost: number;
}

/** Nodes that advertise an address are told by name up to this many. */
const shown = 3;

/** Thinks the nodes away and looks at every Service again. */
export function drilledAddresses(
  services: readonly Service[],
  loss: Loss,
  beforehand: Beforehand,
): DrilledAddresses {
  const { glanceAt } = beforehand;
  const after = afterTheLoss(beforehand, loss);
  const told: { readonly row: DrilledAddress; readonly address: IpAddress }[] = [];
  const counts = { untouched: 0, already: 0, open: 0 };
  const hanging = { nodes: new Set<string>(), open: 0, lost: 0 };
  for (const service of services) {
    const glance = glanceAt(service);
    const aftermath = after.of(glance);
    for (const text of addressesIn(service)) {
      const address = parseAddress(text);
      const outcome =
        address === undefined ? 'already' : outcomeOf(address, glance, { aftermath, loss });
      if (outcome === 'untouched' || outcome === 'already' || outcome === 'open') {
        counts[outcome] += 1;
      }
      if (address === undefined || outcome === 'untouched' || outcome === 'already') {
        continue;
      }
      if (standingOf(address, glance) === 'open') {
        noteHanging(hanging, glance, outcome === 'open');
      }
      const why = whyOf({ address, outcome, glance, aftermath }, { loss, after: after.speakers });
      told.push({ address, row: rowOf(address, { glance, aftermath, outcome, why }) });
    }
  }
  return { addresses: inOrder(told), ...counts, hanging };
}

function noteHanging(
  hanging: { readonly nodes: Set<string>; open: number; lost: number },
  glance: AtAGlance,
  isOpen: boolean,
): void {
  const on = hangsOn(glance);
  if (on.length > 0) {
    hanging[isOpen ? 'open' : 'lost'] += 1;
    on.forEach((node) => hanging.nodes.add(node));
  }
}

type Outcome = DrilledAddress['outcome'] | 'untouched' | 'already';

/** How an address stands before anything is lost. */
export function standingOf(
  address: IpAddress,
  glance: AtAGlance,
): 'announced' | 'already' | 'open' {
  const { announcer, mayAnnounce, mute, hindrance } = glance;
  if (announcer !== undefined || glance.advertisers(familyOf(address)).length > 0) {
    return 'announced';
  }
  return mayAnnounce.length > 0 ||
    mute?.why === 'no-configuration' ||
    hindrance?.isCertain === false
    ? 'open'
    : 'already';
}

/** The nodes one of which announces it, if anybody does: nobody has heard of them for a while. */
export function hangsOn({ announcer, mayAnnounce, mute }: AtAGlance): readonly string[] {
  return announcer === undefined && mute?.why !== 'no-configuration' ? mayAnnounce : [];
}

/** By the protocols together: an address that BGP goes on advertising is not lost. */
function outcomeOf(
  address: IpAddress,
  glance: AtAGlance,
  { aftermath, loss }: { readonly aftermath: Aftermath; readonly loss: Loss },
): Outcome {
  const family = familyOf(address);
  const standing = standingOf(address, glance);
  if (standing === 'already') {
    return 'already';
  }
  if (standing === 'open') {
    const on = hangsOn(glance);
    return on.length > 0 && on.every((node) => loss.nodes.has(node)) ? 'lost' : 'open';
  }
  const before = glance.advertisers(family).length;
  const after = aftermath.advertisers(family).length;
  if (aftermath.announcer === undefined && after === 0) {
    return 'lost';
  }
  if (glance.announcer !== undefined && aftermath.announcer !== glance.announcer) {
    return 'moves';
  }
  return after < before ? 'fewer-next-hops' : 'untouched';
}

/** Why nobody can say who announces it now. */
function whyOpen(glance: AtAGlance): string {
  const on = hangsOn(glance);
  const { mute, hindrance } = glance;
  if (on.length > 0) {
    return `only ${someOf(on)} could announce it now, and the cluster has heard nothing of ${on.length === 1 ? 'it' : 'them'} for a while`;
  }
  return (
    hindrance?.says ??
    `${mute?.node ?? 'the elected node'} is elected, and its speaker refuses its configuration as it stands`
  );
}

interface Row {
  readonly glance: AtAGlance;
  readonly aftermath: Aftermath;
  readonly outcome: DrilledAddress['outcome'];
  readonly why: string | undefined;
}

function rowOf(address: IpAddress, { glance, aftermath, outcome, why }: Row): DrilledAddress {
  const family = familyOf(address);
  const left = aftermath.advertisers(family);
  return {
    address,
    service: keyOfService(glance.service),
    pool: glance.pool,
    outcome,
    from: glance.announcer,
    to: aftermath.announcer,
    nextHops: {
      before: glance.advertisers(family).length,
      after: { count: left.length, first: left.slice(0, shown) },
    },
    why,
  };
}

interface Afterwards {
  readonly loss: Loss;
  readonly after: Speakers;
}

interface Asked {
  readonly address: IpAddress;
  readonly outcome: DrilledAddress['outcome'];
  readonly glance: AtAGlance;
  readonly aftermath: Aftermath;
}

function whyOf(
  { address, outcome, glance, aftermath }: Asked,
  afterwards: Afterwards,
): string | undefined {
  if (standingOf(address, glance) === 'open') {
    return whyOpen(glance);
  }
  return outcome === 'lost' ? whyLost(glance, aftermath, afterwards) : undefined;
}

function whyLost(
  { service, by }: AtAGlance,
  { isWithoutEndpoint, unnoticed }: Aftermath,
  { loss, after }: Afterwards,
): string {
  const gone = [...loss.nodes].toSorted();
  const there = gone.length === 1 ? gone.join() : 'the lost nodes';
  if (isWithoutEndpoint) {
    return `all its endpoints that can take traffic are on ${there} and are lost too; that they come back elsewhere is not promised`;
  }
  if (unnoticed !== undefined) {
    return `${unnoticed} stays elected: without memberlist nobody notices that its speaker is dead until its Node object is gone`;
  }
  if (isLocal(service)) {
    return `externalTrafficPolicy is Local and no other node that may announce it has an endpoint that can take traffic`;
  }
  return by.includes('layer2')
    ? `no other node may announce it: ${othersOut(service, loss, after)}`
    : 'no other node advertises it by BGP';
}

/** The reasons of the nodes that are left, the commonest first. */
function othersOut(service: Service, { nodes }: Loss, after: Speakers): string {
  const { obstacleOn } = electLayer2(service, after);
  const words = after.nodes
    .filter(({ name }) => !nodes.has(name))
    .flatMap((node) => {
      const obstacle = obstacleOn(node);
      return obstacle === undefined ? [] : [wordsFor(obstacle).replace('not a candidate: ', '')];
    });
  const groups = [...Map.groupBy(words, (each) => each)].toSorted(
    ([one, left], [other, right]) => right.length - left.length || (one < other ? -1 : 1),
  );
  return groups.length === 0
    ? 'there is none'
    : groups.map(([why, all]) => `${why} (${all.length})`).join(', ');
}

const rank = { lost: 0, open: 1, moves: 2, 'fewer-next-hops': 3 } as const;

function inOrder(
  told: readonly { readonly row: DrilledAddress; readonly address: IpAddress }[],
): readonly DrilledAddress[] {
  return told
    .toSorted(
      (left, right) =>
        rank[left.row.outcome] - rank[right.row.outcome] ||
        compareAddresses(left.address, right.address) ||
        Number(left.row.service > right.row.service) - Number(left.row.service < right.row.service),
    )
    .map(({ row }) => row);
}
