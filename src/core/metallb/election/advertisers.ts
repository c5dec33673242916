import { familyOf, type IpFamily } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { selects } from '../selectors.ts';
import type { AnnouncedPool } from '../configuration/announced.ts';
import { sentBy } from './backend.ts';
import { decided } from './bgp.ts';
import { heldBy } from './held-addresses.ts';
import { isLocal, servingForBGP, type BGPServing } from './serving.ts';
import { peersOn, type ElectionNode, type LoadedSpeaker, type Speakers } from './speakers.ts';

/** Nodes whose speakers hand the addresses of one family of a Service to at least one neighbour that takes them. */
export type ByFamily = ReadonlyMap<IpFamily, readonly string[]>;

const anywhere: BGPServing = { anywhere: true, on: () => true };

/**
 * Who advertises by BGP, for many Services: those of one pool that are taken by the same advertisements differ in their
 * endpoints only. `advertisedByBGP` says the same for one Service, with every reason.
 */
export class Advertisers {
  readonly #speakers: Speakers;
  readonly #groups: readonly (readonly [LoadedSpeaker, readonly ElectionNode[]])[];
  readonly #known = new WeakMap<AnnouncedPool, Map<string, ByFamily>>();

  constructor(speakers: Speakers) {
    this.#speakers = speakers;
    const groups = Map.groupBy(speakers.nodes, ({ speaker }) => speaker);
    this.#groups = [...groups].flatMap(([speaker, nodes]) =>
      speaker === undefined ? [] : [[speaker, nodes] as const],
    );
  }

  /** By family of the addresses; a node without a running speaker is not left out. */
  of(service: Service): ByFamily {
    const serving = servingForBGP(
      this.#speakers.slicesOf(service),
      this.#speakers.rules.trustsOneServingEntry,
    );
    if (!serving.anywhere) {
      return new Map();
    }
    const [first, ...more] = this.#groups.map(([speaker, nodes]) =>
      this.#ofGroup(service, speaker, nodes),
    );
    const all = more.length === 0 ? (first ?? new Map()) : united([first ?? new Map(), ...more]);
    return isLocal(service) ? filtered(all, serving.on) : all;
  }

  #ofGroup(service: Service, speaker: LoadedSpeaker, nodes: readonly ElectionNode[]): ByFamily {
    const held = heldBy(service, speaker);
    if (held.kind === 'nothing' || held.pool.bgp.length === 0) {
      return new Map();
    }
    const fits = held.pool.bgp.map(
      ({ serviceSelectors }) =>
        !this.#speakers.rules.knowsServiceSelectors ||
        serviceSelectors.length === 0 ||
        serviceSelectors.some((selector) => selects(selector, service.metadata.labels)),
    );
    const families = held.addresses.map(familyOf);
    const key = [...fits, ...families].join();
    const ofPool = this.#known.get(held.pool) ?? new Map<string, ByFamily>();
    this.#known.set(held.pool, ofPool);
    const found = ofPool.get(key) ?? this.#reaching(service, speaker, nodes);
    ofPool.set(key, found);
    return found;
  }

  /** As if it had endpoints everywhere: what is left depends on the advertisements, the nodes and the peers alone. */
  #reaching(service: Service, speaker: LoadedSpeaker, nodes: readonly ElectionNode[]): ByFamily {
    const held = heldBy(service, speaker);
    const speakers = this.#speakers;
    const reached = nodes.flatMap((node) => {
      const decision = decided({ service, node, serving: anywhere, speakers }, held);
      const backend = {
        bgpType: speakers.input.bgpType,
        rules: speakers.rules,
        peers: peersOn(node),
      };
      const sent = decision.advertises ? sentBy(decision.routes, backend) : [];
      const families = new Set(sent.map(({ prefix }) => familyOfPrefix(prefix)));
      return [...families].map((family) => ({ family, name: node.name }));
    });
    return new Map(
      [...Map.groupBy(reached, ({ family }) => family)].map(([family, all]) => [
        family,
        all.map(({ name }) => name),
      ]),
    );
  }
}

function familyOfPrefix(prefix: string): IpFamily {
  return prefix.includes(':') ? 'ipv6' : 'ipv4';
}

function united(all: readonly ByFamily[]): ByFamily {
  return new Map(
    (['ipv4', 'ipv6'] as const).map((family) => [
      family,
      all.flatMap((each) => each.get(family) ?? []),
    ]),
  );
}

function filtered(all: ByFamily, keeps: (node: string) => boolean): ByFamily {
  return new Map([...all].map(([family, nodes]) => [family, nodes.filter(keeps)]));
}
