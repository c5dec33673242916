import { describe, expect, test } from 'vitest';
import { announcingOf } from '../../../../src/checks/models/announcing/announcing.ts';
import { speakerOn } from '../../../../src/checks/models/announcing/speaker-on.ts';
import { uncertainNodes } from '../../../../src/checks/models/announcing/speakers-at-work.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { aBGPAdvertisement, aNode } from '../../../builders/some-objects.ts';
import { checkout, factsOf, lan, silentNode, speakerPod } from './facts.ts';

function predicted(builder: SnapshotBuilder) {
  const announcing = announcingOf(checkout, factsOf(builder));
  if (announcing === undefined) {
    throw new Error('no installation');
  }
  const { announcer, mute, mayAnnounce, isCertain, advertisers, mayAdvertise } = announcing;
  return { announcer, mute, mayAnnounce, isCertain, advertisers, mayAdvertise };
}

const nobodyByBGP = { advertisers: [], mayAdvertise: [] };
const others = ['n1', 'n2', 'n3'] as const;
const speakersBut = (node: string) =>
  others.filter((each) => each !== node).map((each) => speakerPod(each));

describe('the announcer', () => {
  const order = announcingOf(checkout, factsOf(lan))?.layer2.candidates ?? [];
  const [first = '', second = ''] = order;

  test('is the first by hash while all is well', () => {
    expect(predicted(lan)).toEqual({
      announcer: first,
      mute: undefined,
      mayAnnounce: [],
      isCertain: true,
      ...nobodyByBGP,
    });
  });

  test('is the next where no speaker runs on the first', () => {
    const crashed = aPod('speaker', {
      name: `speaker-${first}`,
      node: first,
      state: { state: 'waiting', reason: 'CrashLoopBackOff' },
    });
    for (const pods of [speakersBut(first), [...speakersBut(first), crashed]]) {
      expect(predicted(lan.with('pods', ...pods))).toMatchObject({
        announcer: second,
        isCertain: true,
      });
    }
  });

  test('is never certain while the node of one that comes before it has fallen silent', () => {
    const nodes = others.map((name) => (name === first ? silentNode(name) : aNode(name)));
    const builder = lan.with('nodes', ...nodes);
    expect(predicted(builder)).toMatchObject({
      announcer: second,
      mayAnnounce: [first],
      isCertain: false,
    });
    expect([...uncertainNodes(factsOf(builder))]).toEqual([first]);
  });

  test('is certain when the silent node would not come first anyway', () => {
    const last = order.at(-1);
    const nodes = others.map((name) => (name === last ? silentNode(name) : aNode(name)));
    expect(predicted(lan.with('nodes', ...nodes))).toMatchObject({
      announcer: first,
      mayAnnounce: [],
      isCertain: true,
    });
  });

  test('keeps its address on a node that is not Ready but speaks', () => {
    const notReady = (name: string) => ({
      ...aNode(name),
      status: { addresses: [], conditions: [{ type: 'Ready', status: 'False' }] },
    });
    const nodes = others.map((name) => (name === first ? notReady(name) : aNode(name)));
    expect(predicted(lan.with('nodes', ...nodes))).toMatchObject({
      announcer: first,
      isCertain: true,
    });
  });

  test('is open while the pod of the first speaker is being deleted', () => {
    const leaving = speakerPod(first, { deletionTimestamp: '2026-03-14T03:12:30Z' });
    const builder = lan.with('pods', ...speakersBut(first), leaving);
    expect(predicted(builder)).toMatchObject({ announcer: second, mayAnnounce: [first] });
    expect(speakerOn(first, factsOf(builder)).state).toBe('leaving');
  });

  test('announces nothing where its speaker does not run and nobody uses memberlist', () => {
    const off =
      'not starting fast dead node detection (memberlist), need ml-bindaddr / ml-labels config';
    const builder = lan
      .with('pods', ...speakersBut(first))
      .withLog(`speaker-${second}`, [JSON.stringify({ msg: off })]);
    expect(predicted(builder)).toMatchObject({
      announcer: undefined,
      mute: { node: first, why: 'no-speaker' },
      isCertain: false,
    });
  });
});

test('by BGP every node advertises on which a speaker runs, and one that has fallen silent may', () => {
  const builder = lan
    .with('bgpAdvertisements', aBGPAdvertisement('all'))
    .with('nodes', aNode('n1'), silentNode('n2'), aNode('n3'))
    .with('pods', speakerPod('n1'), speakerPod('n2'));
  expect(predicted(builder)).toMatchObject({ advertisers: ['n1'], mayAdvertise: ['n2'] });
});

test('without an installation nothing is predicted', () => {
  expect(announcingOf(checkout, factsOf(lan.withSnapshot({ installations: [] })))).toBeUndefined();
});
