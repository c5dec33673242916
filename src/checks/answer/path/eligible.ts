import type { Announcing } from '../../models/announcing/announcing.ts';
import { wordsFor, wordsForBGP } from '../../models/announcing/obstacle-words.ts';
import { type Known, someOf, together } from './path-scene.ts';

/** Is there a node that may announce it? */
export function eligibleStep(announcing: Announcing): Known {
  const { by } = announcing;
  return together([
    ...(by.includes('layer2') ? [inLayer2(announcing)] : []),
    ...(by.includes('bgp') ? [inBGP(announcing)] : []),
  ]);
}

function inLayer2(announcing: Announcing): Known {
  const { layer2, speakers } = announcing;
  const all = nodes(speakers.nodes.length);
  const { candidates } = layer2;
  if (candidates.length > 0) {
    const says = `${candidates.length} of ${all} may announce it: ${someOf(candidates)}`;
    return { answer: 'good', says };
  }
  const obstacles = speakers.nodes.flatMap((node) => layer2.obstacleOn(node) ?? []);
  const waiting = obstacles.every(({ kind }) => kind === 'no-endpoint')
    ? nodesApart(announcing)
    : [];
  return waiting.length > 0
    ? {
        answer: 'good',
        says: `${waiting.length} of ${all} may, once an endpoint can take traffic: ${someOf(waiting)}`,
      }
    : {
        answer: 'broken',
        says: `none of ${all} may announce it: ${counted(obstacles.map(wordsFor))}`,
      };
}

/** Nodes that could announce it but for the endpoints, which are another question. */
function nodesApart({ service, speakers, pools }: Announcing): readonly string[] {
  const [loaded] = speakers.loaded;
  const places = pools
    .flatMap((name) => loaded?.pools.get(name) ?? [])
    .flatMap((pool) => speakers.fields.of(service, pool).candidates);
  return [...new Set(places)].flatMap((place) => speakers.nodes[place]?.name ?? []);
}

function inBGP({ bgp, advertisers }: Announcing): Known {
  const all = nodes(bgp.size);
  const says = `${advertisers.length} of ${all} may advertise it by BGP: ${someOf(advertisers)}`;
  const reasons = [...bgp.values()].flatMap((decision) => wordsForBGP(decision) ?? []);
  return advertisers.length > 0
    ? { answer: 'good', says }
    : { answer: 'broken', says: `none of ${all} advertises it by BGP: ${counted(reasons)}` };
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
    ? 'no speaker is there'
    : groups
        .map(([reason, same]) => (groups.length === 1 ? reason : `${reason} (${same.length})`))
        .join(', ');
}
