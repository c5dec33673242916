import { expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import type { CheckId } from '../../src/core/facts/finding.ts';
import type { FactName } from '../../src/core/facts/snapshot.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { named } from '../builders/some-objects.ts';
import { serviceIn, verdictOf } from './case.ts';
import { announced, held } from './layer2-scenes.ts';

const subject = 'shop/search';

function without(
  id: CheckId,
  kind: FactName,
  builder = announced,
  key: string | undefined = subject,
) {
  return verdictOf(id, builder.forbidding(kind), serviceIn(builder.build(), key)).verdict;
}

test.each([['MLB-D18', undefined]] as const)(
  '%s has nothing to ask where the EndpointSlices may not be read',
  (id, key) => {
    expect(verdictOf(id, announced.forbidding('endpointSlices'), key)).toMatchObject({
      verdict: 'skipped',
      why: 'the EndpointSlices were not read',
    });
  },
);

test('no right is asked for where the release has nothing to fear from missing memberlist', () => {
  const kinds = ['deployments', 'daemonSets', 'pods'] as const;
  expect(kinds.map((kind) => without('MLB-H22', kind))).toEqual(kinds.map(() => 'skipped'));
});

test('the speakers of a release that needs memberlist must be seen', () => {
  const old = announced.withInstallation({ speakerVersion: 'v0.14.9' });
  expect(without('MLB-H22', 'daemonSets', old)).toBe('unknown');
});

test('the controller matters only where the speakers pass the class over', () => {
  const classed = announced.with('services', held({ loadBalancerClass: 'metallb.io/lan' }));
  const served = classed.with(
    'daemonSets',
    aWorkload('speaker', { args: ['--lb-class=metallb.io/lan'] }),
  );
  expect(without('MLB-L08', 'deployments', served)).toBe('pass');
  expect(without('MLB-L08', 'pods', served)).toBe('pass');
  expect(without('MLB-L08', 'deployments', classed)).toBe('unknown');
});

test('events that may not be read prove nothing, and none is needed', () => {
  const speaking = announced.with('pods', aPod('controller'), aPod('speaker', { node: 'n1' }));
  expect(without('MLB-L14', 'events', speaking)).toBe('pass');
});

test('how kube-proxy works is known without the ConfigMaps of MetalLB', () => {
  const proxied = announced.with('daemonSets', aWorkload('speaker'), {
    ...aWorkload('speaker'),
    metadata: named('kube-proxy', { namespace: 'kube-system' }),
  });
  const service = serviceIn(proxied.build(), subject);
  const known = proxied.withReading('configMaps', {
    state: 'read',
    items: [],
    within: 'kube-system',
  });
  expect(verdictOf('MLB-L16', known, service).verdict).toBe('pass');
  expect(without('MLB-L16', 'configMaps', proxied)).toBe('unknown');
});

test('the ports that containers declare are for information, and need no right', () => {
  const selecting = announced.with('services', held({ selector: { app: 'search' } }));
  expect(without('MLB-D05', 'pods', selecting)).toBe('skipped');
});

test('health does not say that all is well where the EndpointSlices may not be read', () => {
  const snapshot = announced.forbidding('endpointSlices').build();
  const { outcome, unknowns } = diagnose({ symptom: 'health', subject: undefined, snapshot });
  expect([outcome, unknowns.map(({ fact }) => fact)]).toEqual(['unknown', ['endpointslices']]);
});
