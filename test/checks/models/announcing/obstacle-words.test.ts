import { expect, test } from 'vitest';
import { announcingOf } from '../../../../src/checks/models/announcing/announcing.ts';
import { wordsFor, wordsForBGP } from '../../../../src/checks/models/announcing/obstacle-words.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aBGPAdvertisement, aNode, anL2Advertisement } from '../../../builders/some-objects.ts';
import { checkout, factsOf, lan, speakerPod } from './facts.ts';

function reasons(builder: SnapshotBuilder) {
  const announcing = announcingOf(checkout, factsOf(builder));
  return (announcing?.speakers.nodes ?? []).map((node) => {
    const obstacle = announcing?.layer2.obstacleOn(node);
    const decision = announcing?.bgp.get(node.name);
    return [
      node.name,
      obstacle === undefined ? 'announces' : wordsFor(obstacle),
      decision === undefined ? '' : wordsForBGP(decision),
    ];
  });
}

test('the three meanings of notOwner are told apart', () => {
  const onlyWeb = { matchLabels: { pool: 'web' }, matchExpressions: [] };
  const builder = lan
    .with(
      'nodes',
      ...['n1', 'n2', 'n3', 'n4'].map((name) =>
        aNode(name, '10.0.0.1', name === 'n4' ? {} : { pool: 'web' }),
      ),
    )
    .with('pods', speakerPod('n1'), speakerPod('n2'), speakerPod('n4'))
    .with('l2Advertisements', anL2Advertisement('web', { nodeSelectors: [onlyWeb] }));
  const [winner = ''] = announcingOf(checkout, factsOf(builder))?.layer2.candidates ?? [];
  const noBGP = 'no BGPAdvertisement of the pool selects this node';
  expect(reasons(builder)).toEqual([
    ...['n1', 'n2'].map((name) => [
      name,
      name === winner ? 'announces' : `could announce, but ${winner} comes first by hash`,
      noBGP,
    ]),
    ['n3', 'not a candidate: no speaker at work that the others could see', noBGP],
    ['n4', 'no L2Advertisement of the pool selects this node', noBGP],
  ]);
});

test('what keeps a node out is named for both protocols', () => {
  const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
  const builder = lan
    .with('nodes', aNode('n1', '10.0.0.1', { [label]: 'false' }))
    .with('bgpAdvertisements', aBGPAdvertisement('all'));
  expect(reasons(builder)).toEqual([
    ['n1', `not a candidate: it has the label ${label}`, `it has the label ${label}`],
  ]);
});
