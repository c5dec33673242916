import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import { type AtAGlance, glances } from '../models/announcing/at-a-glance.ts';
import { noLayer2, servicesInLayer2, withSlices } from '../models/announcing/in-layer2.ts';
import { noSlicesOfAll } from '../models/announcing/slices-of-all.ts';
import { isSilent } from '../models/announcing/speaker-on.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  needsButSlices,
} from '../models/announcing/speakers-at-work.ts';
import { isHeardByBGP } from '../models/layer2/heard-by-bgp.ts';
import { addressesOf } from '../models/layer2/of-services.ts';
import { toldAsDead, toldAsUnready, unreadinessOf } from '../models/layer2/unwell-telling.ts';

/** MLB-L11 of all Services: the nodes that announce, or are asked to, and are not Ready. */
export const electedNodesAreWell = defineCheck({
  id: 'MLB-L26',
  asks: 'Are the nodes well that are elected to announce?',
  symptoms: ['health'],
  causes: ['dead-node-elected', 'unready-node-elected'],
  link: 'announced',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices'],
  skipWhen: (known) => noLayer2(withSlices(known)) ?? noSlicesOfAll(known.endpointSlices),
  run: (known) => {
    const facts = withSlices(known);
    const elected = unwellElected(facts);
    const dead = elected.filter(({ isDead }) => isDead);
    const others = elected.filter(({ isDead }) => !isDead);
    return [
      ...(dead.length === 0 ? [] : [graded(toldAsDead(wordsFor(dead)), dead)]),
      ...['False', 'Unknown'].flatMap((ready) => {
        const all = others.filter((each) => each.ready === ready);
        return all.length === 0 ? [] : [toldAsUnready(wordsFor(all), ready)];
      }),
    ];
  },
});

interface Unwell {
  readonly glance: AtAGlance;
  readonly node: Node;
  readonly ready: string;
  /** Elected although no speaker is at work there. */
  readonly isDead: boolean;
}

/** Without a node that is not Ready there is nobody to elect in vain, and no election is run. */
function unwellElected(facts: AnnouncingFacts & Facts<'services'>): readonly Unwell[] {
  const unready = new Map(
    facts.nodes.flatMap((node): [string, { node: Node; ready: string }][] => {
      const ready = unreadinessOf(node);
      return ready === undefined ? [] : [[node.metadata.name, { node, ready }]];
    }),
  );
  const glanceAt = glances(facts);
  if (unready.size === 0 || glanceAt === undefined) {
    return [];
  }
  return servicesInLayer2(facts)
    .map(glanceAt)
    .flatMap((glance): readonly Unwell[] => {
      const { mute, mayAnnounce, announcer } = glance;
      const silent = unready.get(mute?.why === 'no-speaker' ? mute.node : '');
      const isDead = silent !== undefined && isSilent(silent.node);
      const found = isDead ? silent : unready.get(mayAnnounce[0] ?? announcer ?? '');
      return found === undefined ? [] : [{ glance, ...found, isDead }];
    });
}

function wordsFor(unwell: readonly Unwell[]) {
  const services: readonly Service[] = unwell.map(({ glance }) => glance.service);
  const nodes = [...new Map(unwell.map(({ node }) => [node.metadata.name, node])).values()];
  return {
    services,
    addresses: addressesOf(services),
    standIns: undefined,
    nodes: nodes.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
  };
}

/** Where BGP brings the traffic all the same, nothing is lost. */
function graded(found: Found, unwell: readonly Unwell[]): Found {
  return unwell.every(({ glance }) => isHeardByBGP(glance))
    ? { ...found, severity: 'warning' }
    : found;
}
