import { expect, test } from 'vitest';
import type { ConfigurationState } from '../../../src/core/facts/kube-objects.ts';
import { aNode, home, named } from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';
import { announced } from '../layer2-scenes.ts';

const stateOf = (
  name: string,
  result: string,
  labels: Readonly<Record<string, string>>,
): ConfigurationState => ({
  kind: 'ConfigurationState',
  metadata: named(name, { namespace: home, labels }),
  status: { result, errorSummary: 'bad', conditions: [] },
});
const speaker = (node: string, result: string) =>
  stateOf(`speaker-${node}`, result, { 'metallb.io/node-name': node });
const controller = stateOf('controller', 'Invalid', { 'metallb.io/component-type': 'controller' });

/** n1 is elected. */
const two = announced.with('nodes', aNode('n1', '10.0.0.1'), aNode('n2', '10.0.0.2'));

function detailsWith(...states: readonly ConfigurationState[]): readonly string[] {
  const builder = two.with('configurationStates', ...states);
  const verdict = verdictOf('MLB-L10', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail' ? verdict.findings.flatMap(({ details }) => details) : [];
}

test('what the controller refuses is not a node that refuses', () => {
  expect(detailsWith(controller, speaker('n2', 'Invalid'), speaker('n1', 'Valid'))).toEqual([]);
  expect(detailsWith(controller, speaker('n1', 'Invalid'), speaker('n2', 'Valid')).at(-1)).toBe(
    'the speaker on n1 has nothing to announce by',
  );
});

test('states of removed nodes do not make it every speaker', () => {
  const gone = [speaker('old1', 'Invalid'), speaker('old2', 'Invalid')];
  expect(detailsWith(...gone, speaker('n1', 'Valid'), speaker('n2', 'Invalid'))).toEqual([]);
});
