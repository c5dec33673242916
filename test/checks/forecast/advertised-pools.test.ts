import { expect, test } from 'vitest';
import { announcingFor } from '../../../src/checks/forecast/advertised-pools.ts';
import type { ForecastFacts } from '../../../src/checks/forecast/foretold.ts';
import { factsFrom, materialFrom } from '../../../src/core/diagnosis/material.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool, anL2Advertisement } from '../../builders/some-objects.ts';

function factsOf(snapshot: ReturnType<typeof aSnapshot>): ForecastFacts {
  return factsFrom(
    materialFrom(snapshot.build()),
    ['services', 'ipAddressPools'],
    [
      'l2Advertisements',
      'bgpAdvertisements',
      'namespaces',
      'communities',
      'endpointSlices',
      'events',
    ],
  );
}

test('two pools named in one advertisement: the second command keeps what the first wrote', () => {
  const facts = factsOf(
    aSnapshot()
      .withPool(aPool('lan', '10.0.0.0/30'))
      .withPool(aPool('dmz', '10.0.1.0/30'))
      .with('l2Advertisements', anL2Advertisement('only', { ipAddressPools: ['old'] })),
  );
  const commands = [...announcingFor(['lan', 'dmz'], { writes: [] }, facts).values()].map(
    ({ command }) => command,
  );
  expect(commands).toEqual([
    expect.stringContaining('{"spec":{"ipAddressPools":["lan"]}}'),
    expect.stringContaining('{"spec":{"ipAddressPools":["lan","dmz"]}}'),
  ]);
});
