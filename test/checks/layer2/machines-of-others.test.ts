import { expect, test } from 'vitest';
import { serviceIn, told, verdictOf } from '../case.ts';
import { announced, threeNodes } from '../layer2-scenes.ts';

function saidOf(providerID: string) {
  const builder = announced.with(
    'nodes',
    ...threeNodes({}).map((node) => ({ ...node, spec: { ...node.spec, providerID } })),
  );
  const found = told(verdictOf('MLB-L19', builder, serviceIn(builder.build(), 'shop/search')));
  return Array.isArray(found)
    ? found.map(({ severity, cause, says }) => `${severity} ${cause}: ${says}`)
    : found.verdict;
}

test('machines of a hosting company have no segment either', () => {
  expect(saidOf('equinixmetal://4c64efdb')).toEqual([
    'warning layer2-in-a-cloud: the nodes are machines of Equinix Metal, whose network does not carry answers for addresses that are not their own',
  ]);
});

test('of machines in KubeVirt it depends on their interface', () => {
  expect(saidOf('kubevirt://worker-1')).toEqual([
    'info anti-spoofing-suspected: the nodes are machines of KubeVirt: their interface (in masquerade mode it passes nothing but its own address; a bridge may check addresses) may drop what they send for an address that is not their own',
  ]);
});

test('bare machines and local clusters are in order', () => {
  expect(saidOf('metal3://metal3/worker-1/x')).toBe('pass');
  expect(saidOf('kind://docker/kind/worker-1')).toBe('pass');
});
