import { expect, test } from 'vitest';
import { knownSubnets } from '../../../../src/checks/models/layer2/subnets.ts';
import { aNode } from '../../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../../case.ts';
import { announced, threeNodes, withAnnotation } from '../../layer2-scenes.ts';

function severitiesWith(note: string, value: string): readonly string[] {
  const builder = announced.with('nodes', ...threeNodes({}).map(withAnnotation(note, value)));
  const verdict = verdictOf('MLB-L17', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail' ? verdict.findings.map(({ severity }) => severity) : [];
}

test('an address in no subnet that is known of the nodes is a warning', () => {
  expect(severitiesWith('k8s.ovn.org/host-cidrs', '["192.168.1.1/24","172.18.0.1/16"]')).toEqual([
    'warning',
  ]);
  expect(severitiesWith('projectcalico.org/IPv4Address', '192.168.1.1/24')).toEqual(['warning']);
  expect(severitiesWith('k8s.ovn.org/host-cidrs', '["192.168.1.1/24","10.0.0.1/24"]')).toEqual([]);
});

test('an annotation of any length is read at once', () => {
  const note = withAnnotation('k8s.ovn.org/host-cidrs', 'a'.repeat(262_144));
  const started = performance.now();
  expect(knownSubnets([note(aNode('n1'))])).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2_000);
});
