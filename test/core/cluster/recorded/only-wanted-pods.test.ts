import { describe, expect, test } from 'vitest';
import { factsFor } from '../../../../src/checks/facts-for.ts';
import { withOnlyWantedPods } from '../../../../src/core/cluster/recorded/only-wanted-pods.ts';
import type { Pod } from '../../../../src/core/facts/kube-objects.ts';
import type { Read } from '../../../../src/core/facts/reading.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';

const speaker = aPod('speaker', { name: 'speaker-1' });
const inNamespace = (namespace: string): Pod => {
  const pod = aPod('controller', { name: `${namespace}-1` });
  return { ...pod, metadata: { ...pod.metadata, namespace } };
};
const wide = [speaker, inNamespace('shop'), inNamespace('wiki')];

function podsFor(pods: Partial<Read<Pod>>, service: string | undefined, calls = 0) {
  const snapshot = aSnapshot()
    .withReading('pods', { state: 'read', items: wide, ...pods })
    .withSnapshot({ receipt: { calls, lists: 0, logs: 0, bytes: 0, ms: 0 } })
    .build();
  const wanted =
    service === undefined
      ? factsFor('health', undefined)
      : factsFor('no-traffic', { namespace: service, name: 'web' });
  const { pods: reading } = withOnlyWantedPods(snapshot, wanted).readings;
  return reading.state === 'read'
    ? { names: reading.items.map(({ metadata }) => metadata.name), within: reading.within }
    : reading;
}

describe('the pods of a dump', () => {
  test("are MetalLB's alone where nobody asks about traffic", () => {
    expect(podsFor({}, undefined)).toEqual({ names: ['speaker-1'], within: undefined });
  });

  test("are the Service's too where somebody does", () => {
    expect(podsFor({}, 'shop')).toEqual({
      names: ['speaker-1', 'shop-1'],
      within: ['metallb-system', 'shop'],
    });
  });

  test('are none of the Service when it holds those of other namespaces and none of this', () => {
    expect(podsFor({}, 'idle')).toEqual({
      names: ['speaker-1'],
      within: ['metallb-system', 'idle'],
    });
  });

  test("are not known of the Service when it holds MetalLB's alone", () => {
    expect(podsFor({ items: [speaker] }, 'shop')).toEqual({
      names: ['speaker-1'],
      within: ['metallb-system'],
    });
  });

  test('of a few namespaces are known of these', () => {
    const within = ['metallb-system', 'shop'];
    expect(podsFor({ within }, 'shop')).toMatchObject({ within });
    expect(podsFor({ within }, 'wiki')).toMatchObject({ within: ['metallb-system'] });
  });
});

test('a recording that was made for another question stays as it is', () => {
  expect(podsFor({}, undefined, 12)).toMatchObject({ names: ['speaker-1', 'shop-1', 'wiki-1'] });
});

test("of kube-system's pods those of kube-proxy are kept where traffic is asked about", () => {
  const proxy = inNamespace('kube-system');
  const labelled = {
    ...proxy,
    metadata: { ...proxy.metadata, name: 'kube-proxy-1', labels: { 'k8s-app': 'kube-proxy' } },
  };
  const items = [speaker, proxy, labelled, inNamespace('shop')];
  expect(podsFor({ items }, 'shop')).toEqual({
    names: ['speaker-1', 'shop-1', 'kube-proxy-1'],
    within: ['metallb-system', 'shop'],
  });
  expect(podsFor({ items }, undefined)).toMatchObject({ names: ['speaker-1'] });
});
