import type { DrilledAddress } from '../../core/facts/drill-report.ts';
import { compareAddresses, familyOf, parseAddress, type IpAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';
import { wordsFor } from '../models/announcing/obstacle-words.ts';
import { electLayer2 } from '../../core/metallb/election/layer2.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { afterTheLoss, type Aftermath, type Loss } from './after-the-loss.ts';

/** What happens to all addresses when nodes go. */
export interface DrilledAddresses {
  /** Those to which something happens: the lost ones first, then by address. */
  readonly addresses: readonly DrilledAddress[];
  readonly untouched: number;
  readonly already: number;
  readonly open: number;
}

/** Nodes that advertise an address are told by name up to this many. */
const shown = 3;

/** Thinks the nodes away and looks at every Service again. */
export function drilledAddresses(
  services: readonly Service[],
  loss: Loss,
  {
    before,
    glanceAt,
  }: { readonly before: Speakers; readonly glanceAt: (service: Service) => AtAGlance },
): DrilledAddresses {
  const after = afterTheLoss(before, loss);
  const told: { readonly row: DrilledAddress; readonly address: IpAddress }[] = [];
  const counts = { untouched: 0, already: 0, open: 0 };
  for (const service of services) {
    const glance = glanceAt(service);
    const aftermath = after.of(glance);
    for (const text of addressesIn(service)) {
      const address = parseAddress(text);
      const outcome = address === undefined ? 'already' : outcomeOf(address, glance, aftermath);
      switch (outcome) {
        case 'untouched':
        case 'already':
        case 'open':
          counts[outcome] += 1;
          break;
        case 'moves':
        case 'fewer-next-hops':
        case 'lost':
          if (address !== undefined) {
            const why =
              outcome === 'lost'
                ? whyLost(glance, aftermath, { loss, after: after.speakers })
                : undefined;
            told.push({ address, row: rowOf(address, { glance, aftermath, outcome, why }) });
          }
          break;
      }
    }
  }
  return { addresses: inOrder(told), ...counts };
}

type Outcome = DrilledAddress['outcome'] | 'untouched' | 'already' | 'open';

/** By the protocols together: an address that BGP goes on advertising is not lost. */
export function outcomeOf(
  address: IpAddress,
  glance: AtAGlance,
  aftermath: Pick<Aftermath, 'announcer' | 'advertisers'>,
): Outcome {
  const family = familyOf(address);
  const before = glance.advertisers(family).length;
  const after = aftermath.advertisers(family).length;
  if (glance.announcer === undefined && before === 0) {
    return glance.mayAnnounce.length > 0 || glance.mute?.why === 'no-configuration'
      ? 'open'
      : 'already';
  }
  if (aftermath.announcer === undefined && after === 0) {
    return 'lost';
  }
  if (glance.announcer !== undefined && aftermath.announcer !== glance.announcer) {
    return 'moves';
  }
  return after < before ? 'fewer-next-hops' : 'untouched';
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

const rank = { lost: 0, moves: 1, 'fewer-next-hops': 2 } as const;

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
