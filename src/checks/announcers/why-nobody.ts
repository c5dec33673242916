import { advertisedByBGP } from '../../core/metallb/election/bgp.ts';
import type { Layer2Obstacle } from '../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';
import type { Failure } from '../models/announcing/failures.ts';
import { wordsFor, wordsForBGP } from '../models/announcing/obstacle-words.ts';
import { noneKnownDown, type SessionsDown, sessionsDownText } from '../models/bgp/sessions-down.ts';
import { whyNoNeighbour } from './no-neighbour.ts';

/** Why an address is announced by nobody, in a sentence. */
export function whyNobody(
  glance: AtAGlance,
  speakers: Speakers,
  down: SessionsDown = noneKnownDown,
): string {
  const { by, mute, pool, hindrance } = glance;
  if (hindrance !== undefined && !by.includes('bgp')) {
    return hindrance.says;
  }
  if (mute !== undefined) {
    return mute.why === 'no-speaker'
      ? `${mute.node} is elected and no speaker runs there, which nobody notices without memberlist`
      : `${mute.node} is elected and its speaker refuses its configuration`;
  }
  if (speakers.loaded.length === 0) {
    return 'every speaker refuses the configuration as it stands';
  }
  const obstacle = common(glance, speakers);
  if (obstacle?.kind === 'early' || obstacle?.kind === 'no-endpoint') {
    return wordsFor(obstacle);
  }
  if (by.length === 0) {
    return `no advertisement selects pool ${pool ?? ''}`;
  }
  return [
    ...(by.includes('layer2') ? [layer2Words(glance, speakers)] : []),
    ...(by.includes('bgp') ? [bgpWords(glance, speakers, down)] : []),
  ].join('; ');
}

/** What every speaker that has a configuration finds before it looks at nodes. */
function common({ layer2 }: AtAGlance, { nodes }: Speakers): Layer2Obstacle | undefined {
  const some = nodes.find(({ speaker }) => speaker !== undefined);
  return some === undefined ? undefined : layer2.obstacleOn(some);
}

function layer2Words({ layer2, hindrance }: AtAGlance, { nodes }: Speakers): string {
  if (hindrance !== undefined) {
    return hindrance.says;
  }
  const words = nodes.flatMap((node) => {
    const obstacle = layer2.obstacleOn(node);
    return obstacle === undefined ? [] : [wordsFor(obstacle)];
  });
  return counted(words, 'layer 2');
}

function bgpWords(
  { service, pool, failures }: AtAGlance,
  speakers: Speakers,
  down: SessionsDown,
): string {
  const decisions = advertisedByBGP(service, speakers);
  const words = speakers.nodes.flatMap((node) => {
    const decision = decisions.get(node.name);
    return decision === undefined
      ? []
      : [
          wordsForBGP(decision) ??
            whyNoNeighbour(node, decision, pool) ??
            sessionsDownText(node.name, decision, down) ??
            failureText(failures.get(node.name)) ??
            unheard,
        ];
  });
  return counted(words, 'BGP');
}

function failureText(failure: Failure | undefined): string | undefined {
  return failure === undefined
    ? undefined
    : `its speaker says that it failed to announce it: ${failure.reason}`;
}

const unheard = 'no running speaker there that has a neighbour which takes it';

/** `layer 2: no node is left (3: it has the label ...; 1: ...)`. */
function counted(words: readonly string[], protocol: string): string {
  const groups = [...Map.groupBy(words, (each) => each)].toSorted(
    ([one, left], [other, right]) => right.length - left.length || (one < other ? -1 : 1),
  );
  const [only] = groups;
  if (only === undefined) {
    return `${protocol}: there is no node`;
  }
  return groups.length === 1
    ? `${protocol}: ${only[0].replace('not a candidate: ', 'no candidate: ')}, on ${words.length === 1 ? 'the only node' : `all ${words.length} nodes`}`
    : `${protocol}: ${groups.map(([why, all]) => `${why.replace('not a candidate: ', '')} (${all.length})`).join(', ')}`;
}
