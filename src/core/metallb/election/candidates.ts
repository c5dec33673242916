import type { Service } from '../../facts/kube-objects.ts';
import type { AnnouncedPool, L2Announcement } from '../configuration/announced.ts';
import { selects } from '../selectors.ts';
import type { ElectionNode } from './speakers.ts';

/** The advertisements of a pool that count for a Service, and what they mean for the nodes. */
export interface Field {
  readonly matching: readonly L2Announcement[];
  /** Nodes that one of the advertisements selects. */
  readonly selected: ReadonlySet<string>;
  /** Those of them that may announce, by their places in the list of nodes. */
  readonly candidates: readonly number[];
  /** How much they are preferred, by the same places; undefined when nobody prefers any (always below v0.16.2). */
  readonly scores: ReadonlyMap<number, number> | undefined;
}

/** Remembers which nodes may announce: Services of one pool mostly ask the same thing. */
export class Fields {
  readonly #nodes: readonly ElectionNode[];
  readonly #knowsServiceSelectors: boolean;
  readonly #known = new WeakMap<AnnouncedPool, Map<string, Field>>();

  constructor(nodes: readonly ElectionNode[], knowsServiceSelectors: boolean) {
    this.#nodes = nodes;
    this.#knowsServiceSelectors = knowsServiceSelectors;
  }

  of(service: Service, pool: AnnouncedPool): Field {
    const fits = pool.l2.map((each) => !this.#knowsServiceSelectors || takes(each, service));
    const ofPool = this.#known.get(pool) ?? new Map<string, Field>();
    this.#known.set(pool, ofPool);
    const known = ofPool.get(fits.join());
    const field = known ?? this.#fieldOf(pool.l2.filter((_, index) => fits[index]));
    ofPool.set(fits.join(), field);
    return field;
  }

  #fieldOf(matching: readonly L2Announcement[]): Field {
    const selected = new Set(matching.flatMap(({ nodes }) => [...nodes]));
    const candidates = this.#nodes.flatMap(({ name, isMember, obstacles }, place) =>
      selected.has(name) && isMember && obstacles.length === 0 ? [place] : [],
    );
    return { matching, selected, candidates, scores: this.#scoresIn(matching) };
  }

  #scoresIn(matching: readonly L2Announcement[]): Field['scores'] {
    const preferring = matching.filter(({ preferred }) => preferred.size > 0);
    return preferring.length === 0
      ? undefined
      : new Map(
          this.#nodes.map(({ name }, place) => [
            place,
            preferring.reduce((sum, { preferred }) => sum + (preferred.get(name) ?? 0), 0),
          ]),
        );
  }
}

function takes({ serviceSelectors }: L2Announcement, { metadata }: Service): boolean {
  return (
    serviceSelectors.length === 0 ||
    serviceSelectors.some((selector) => selects(selector, metadata.labels))
  );
}
