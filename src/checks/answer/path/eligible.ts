import type { BGPDecision } from '../../../core/metallb/election/bgp.ts';
import type { Layer2Obstacle } from '../../../core/metallb/election/layer2.ts';
import { isLocal, servingIn } from '../../../core/metallb/election/serving.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';
import { wordsFor, wordsForBGP } from '../../models/announcing/obstacle-words.ts';
import { type Known, together } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Is there a node that may announce it? Whether a speaker is at work there, and an endpoint to serve, comes later. */
export function eligibleStep(announcing: Announcing): Known {
  const { by, speakers } = announcing;
  if (by.length === 0 && speakers.loaded.length === 0) {
    return { answer: 'unknown', says: 'not to be told: no speaker takes its configuration' };
  }
  return together([
    ...(by.includes('layer2') ? [inLayer2(announcing)] : []),
    ...(by.includes('bgp') ? [inBGP(announcing)] : []),
  ]);
}

/** Nodes that could announce in layer 2 if their speakers were at work: first by hash where that is known. */
export function eligibleInLayer2(announcing: Announcing): readonly string[] {
  const { service, speakers, pools, layer2 } = announcing;
  const [loaded] = speakers.loaded;
  const selected = pools
    .flatMap((name) => loaded?.pools.get(name) ?? [])
    .flatMap((pool) => [...speakers.fields.of(service, pool).selected]);
  const serving = servingIn(speakers.slicesOf(service));
  const needsEndpoint = isLocal(service) && serving.anywhere;
  const may = new Set(selected);
  const names = speakers.nodes
    .filter(({ name, obstacles }) => may.has(name) && obstacles.length === 0)
    .map(({ name }) => name)
    .filter((name) => !needsEndpoint || serving.nodes.has(name));
  const { candidates } = layer2;
  return [
    ...candidates.filter((name) => names.includes(name)),
    ...names.filter((name) => !candidates.includes(name)),
  ];
}

function inLayer2(announcing: Announcing): Known {
  const { layer2, speakers } = announcing;
  const all = nodes(speakers.nodes.length);
  const names = eligibleInLayer2(announcing);
  const obstacles: readonly Layer2Obstacle[] = speakers.nodes.flatMap(
    (node) => layer2.obstacleOn(node) ?? [],
  );
  return names.length > 0
    ? { answer: 'good', says: `${names.length} of ${all} may announce it: ${someOf(names)}` }
    : {
        answer: 'broken',
        says: `none of ${all} may announce it: ${counted(obstacles.map(wordsFor))}`,
      };
}

/** Nodes that could advertise by BGP if their speakers worked and an endpoint could serve. */
function eligibleByBGP({ bgp }: Announcing): readonly string[] {
  return [...bgp].flatMap(([node, decision]) => (isOnlyStopped(decision) ? node : []));
}

function isOnlyStopped(decision: BGPDecision): boolean {
  return decision.advertises || decision.reason === undefined || decision.reason === 'noEndpoints';
}

function inBGP(announcing: Announcing): Known {
  const all = nodes(announcing.bgp.size);
  const names = eligibleByBGP(announcing);
  const reasons = [...announcing.bgp.values()].flatMap((decision) => wordsForBGP(decision) ?? []);
  return names.length > 0
    ? {
        answer: 'good',
        says: `${names.length} of ${all} may advertise it by BGP: ${someOf(names)}`,
      }
    : { answer: 'broken', says: `none of ${all} may advertise it by BGP: ${counted(reasons)}` };
}

function nodes(count: number): string {
  return `${count} node${count === 1 ? '' : 's'}`;
}

/** What keeps most of them first; how many it keeps is told where it does not keep all. */
function counted(reasons: readonly string[]): string {
  const groups = [...Map.groupBy(reasons, (reason) => reason)].toSorted(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  return groups.length === 0
    ? 'no node is there'
    : groups
        .map(([reason, same]) => (groups.length === 1 ? reason : `${reason} (${same.length})`))
        .join(', ');
}
