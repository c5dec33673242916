import { familyOf, type IpAddress, type IpFamily } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { selects } from '../selectors.ts';
import type { AnnouncedPool, BGPAnnouncement } from '../configuration/announced.ts';
import { sentBy } from './backend.ts';
import { decided } from './bgp.ts';
import { heldBy, type Held } from './held-addresses.ts';
import { isLocal, servingForBGP, type BGPServing } from './serving.ts';
import { peersOn, type ElectionNode, type LoadedSpeaker, type Speakers } from './speakers.ts';

/** Nodes whose speakers hand the addresses of one family of a Service to at least one neighbour that takes them. */
export type ByFamily = ReadonlyMap<IpFamily, readonly string[]>;

const anywhere: BGPServing = { anywhere: true, on: () => true };

/** One pool as the speakers hold it: from v0.16.0 on not all of them hold the same advertisements of it. */
interface PoolAtNodes {
  readonly views: readonly {
    readonly pool: AnnouncedPool;
    readonly nodes: readonly ElectionNode[];
  }[];
  /** False when all Services are alike to its advertisements. */
  readonly choosesServices: boolean;
}

/**
 * Who advertises by BGP, for many Services: those of one pool that are taken by the same advertisements differ in their
 * endpoints only. `advertisedByBGP` says the same for one Service, with every reason.
 */
export class Advertisers {
  readonly #speakers: Speakers;
  readonly #hears: (node: string, peer: string) => boolean;
  readonly #groups: readonly (readonly [LoadedSpeaker, readonly ElectionNode[]])[];
  readonly #pools = new Map<string, PoolAtNodes>();
  readonly #known = new Map<string, ByFamily>();

  /** `hears` is false where the session of a node with a peer is known to be down: nothing goes that way. */
  constructor(speakers: Speakers, hears: (node: string, peer: string) => boolean = () => true) {
    this.#speakers = speakers;
    this.#hears = hears;
    const groups = Map.groupBy(speakers.nodes, ({ speaker }) => speaker);
    this.#groups = [...groups].flatMap(([speaker, nodes]) =>
      speaker === undefined ? [] : [[speaker, nodes] as const],
    );
  }

  /** By family of the addresses; a node without a running speaker is not left out. */
  of(service: Service): ByFamily {
    const { rules, slicesOf } = this.#speakers;
    const [first] = this.#groups;
    const held = first === undefined ? undefined : heldBy(service, first[0]);
    const serving = servingForBGP(slicesOf(service), rules.trustsOneServingEntry);
    if (held === undefined || held.kind === 'nothing' || !serving.anywhere) {
      return new Map();
    }
    const all = this.#everywhere(service, held.addresses, this.#atNodes(held.pool.name));
    return isLocal(service) ? filtered(all, serving.on) : all;
  }

  /** Pools are the same for every speaker; what announces them may not be. */
  #atNodes(name: string): PoolAtNodes {
    const known = this.#pools.get(name);
    if (known !== undefined) {
      return known;
    }
    const views = this.#groups.flatMap(([speaker, nodes]) => {
      const pool = speaker.pools.get(name);
      return pool === undefined || pool.bgp.length === 0 ? [] : [{ pool, nodes }];
    });
    const choosesServices =
      this.#speakers.rules.knowsServiceSelectors &&
      views.some(({ pool }) => pool.bgp.some((each) => each.serviceSelectors.length > 0));
    const found = { views, choosesServices };
    this.#pools.set(name, found);
    return found;
  }

  #everywhere(
    service: Service,
    addresses: readonly IpAddress[],
    { views, choosesServices }: PoolAtNodes,
  ): ByFamily {
    const [view] = views;
    if (view === undefined) {
      return new Map();
    }
    const fits = choosesServices
      ? views.flatMap(({ pool }) => pool.bgp.map((each) => takes(each, service)))
      : [];
    const key = [view.pool.name, ...addresses.map(familyOf), ...fits].join();
    const found =
      this.#known.get(key) ??
      united(
        views.flatMap(({ pool, nodes }) =>
          nodes.map((node) =>
            this.#reached({ service, node, held: { kind: 'held', addresses, pool } }),
          ),
        ),
      );
    this.#known.set(key, found);
    return found;
  }

  /** As if it had endpoints everywhere: what is left depends on the advertisements, the node and the peers alone. */
  #reached({ service, node, held }: Asked): Reached {
    const speakers = this.#speakers;
    const decision = decided({ service, node, serving: anywhere, speakers }, held);
    const { rules, input } = speakers;
    const backend = { bgpType: input.bgpType, rules, peers: peersOn(node) };
    const routes = decision.advertises ? decision.routes : [];
    const sent = sentBy(routes, backend).filter(({ peer }) => this.#hears(node.name, peer));
    return { node: node.name, families: new Set(sent.map(({ prefix }) => familyOfPrefix(prefix))) };
  }
}

interface Asked {
  readonly service: Service;
  readonly node: ElectionNode;
  readonly held: Held;
}

interface Reached {
  readonly node: string;
  readonly families: ReadonlySet<IpFamily>;
}

function takes({ serviceSelectors }: BGPAnnouncement, { metadata }: Service): boolean {
  return (
    serviceSelectors.length === 0 ||
    serviceSelectors.some((selector) => selects(selector, metadata.labels))
  );
}

function familyOfPrefix(prefix: string): IpFamily {
  return prefix.includes(':') ? 'ipv6' : 'ipv4';
}

function united(all: readonly Reached[]): ByFamily {
  return new Map(
    (['ipv4', 'ipv6'] as const).map((family) => [
      family,
      all.filter(({ families }) => families.has(family)).map(({ node }) => node),
    ]),
  );
}

function filtered(all: ByFamily, keeps: (node: string) => boolean): ByFamily {
  return new Map([...all].map(([family, nodes]) => [family, nodes.filter(keeps)]));
}
