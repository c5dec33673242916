import { describe, expect, test } from 'vitest';
import { speakersToHear } from '../../../src/checks/answer/speakers-to-hear.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aPod } from '../../builders/programs.ts';
import { aNode } from '../../builders/some-objects.ts';
import { statusFrom } from '../models/announcing/facts.ts';
import { segment } from './traffic.ts';

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
const nodes = numbers.map((number) => aNode(`n${number}`, `10.4.11.${100 + number}`));
const pods = numbers.map((number) =>
  aPod('speaker', { name: `speaker-n${number}`, node: `n${number}` }),
);
const large = segment.with('nodes', ...nodes).with('pods', aPod('controller'), ...pods);

function heard(builder: SnapshotBuilder, name = 'checkout') {
  const chosen = speakersToHear({ namespace: 'shop', name })(builder.build());
  return [...chosen].filter((pod) => pod.startsWith('speaker')).toSorted();
}

describe('of many speakers', () => {
  test('those of the elected node and of the next ones are heard', () => {
    expect(heard(large)).toHaveLength(3);
  });

  test('whoever says that it announces is heard too', () => {
    const others = pods
      .map(({ metadata }) => metadata.name)
      .filter((n) => !heard(large).includes(n));
    const [other = ''] = others;
    const status = statusFrom(other.replace('speaker-', ''));
    expect(heard(large.with('serviceL2Statuses', status))).toEqual(
      [...heard(large), other].toSorted(),
    );
  });

  test('some of those that fare badly are heard, whatever is asked', () => {
    const [first] = pods;
    if (first === undefined) {
      throw new Error('no pod');
    }
    const containerStatuses = first.status.containerStatuses.map((each) => ({
      ...each,
      restartCount: 3,
    }));
    const restarted = { ...first, status: { ...first.status, containerStatuses } };
    expect(heard(large.with('pods', restarted, ...pods.slice(1)), 'nobody')).toEqual([
      'speaker-n1',
    ]);
  });

  test('nobody is heard for a Service that is not there, or where there is no MetalLB', () => {
    expect(heard(large, 'nobody')).toEqual([]);
    expect(heard(large.withSnapshot({ installations: [] }))).toEqual([]);
  });
});
