import { expect, test } from 'vitest';
import { askHealthPort } from '../../../../src/checks/models/traffic/health-port.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aNode, aSlice } from '../../../builders/some-objects.ts';

const key = 'shop/search';

function asked(local: boolean, healthCheckNodePort: number | undefined, ready: boolean) {
  const made = aService(key, { ip: '10.0.0.100', local });
  const service = {
    ...made,
    spec: { ...made.spec, ...(healthCheckNodePort === undefined ? {} : { healthCheckNodePort }) },
  };
  const builder = aSnapshot()
    .with('nodes', aNode('n1', '10.0.0.1'), aNode('n2', '2001:db8::2'))
    .with(
      'endpointSlices',
      aSlice(key, [{ addresses: ['10.244.0.7'], nodeName: 'n2', ready, serving: true }]),
    );
  const facts = factsFrom(materialFrom(builder.build()), ['endpointSlices', 'nodes'], []);
  return askHealthPort(service, facts).map(({ says, command }) => [
    /: (.*?); nothing/.exec(says)?.[1],
    /in (.*?); do/.exec(command ?? '')?.[1],
  ]);
}

test('200 is right where an endpoint is ready, and an IPv6 node has its brackets', () => {
  expect(asked(true, 31_999, true)).toEqual([
    ['200 is right on n2, 503 elsewhere', '10.0.0.1 [2001:db8::2]'],
  ]);
});

test('kube-proxy does not count an endpoint that is only serving', () => {
  expect(asked(true, 31_999, false)).toEqual([
    ['503 is right everywhere', '10.0.0.1 [2001:db8::2]'],
  ]);
});

test('without policy Local, or without the port, there is nobody to ask', () => {
  expect([asked(false, 31_999, true), asked(true, undefined, true), asked(true, 0, true)]).toEqual([
    [],
    [],
    [],
  ]);
});
