import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { WhatIfReport } from '../../src/core/facts/what-if.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));

async function hindered(incident: string, service: string) {
  const wish = ['--from', `${folder}${incident}/sick`, '--add-pool', 'fresh=10.200.0.0/28'];
  const { stdout } = await runHere('what-if', [service, ...wish, '-o', 'json']);
  const { forecast } = JSON.parse(stdout) as WhatIfReport;
  return forecast;
}

test.each([
  [
    'controller-out-of-memory',
    'ingress-nginx/ingress-nginx-controller',
    'controller-crash-looping',
  ],
  ['controller-image-pull-failing', 'shop/checkout', 'controller-image-pull-failing'],
  ['controller-without-permission', 'shop/checkout', 'controller-without-permission'],
  ['status-write-fails', 'shop/checkout', 'status-write-fails'],
])(
  'what mends %s only under a condition is not told to be run',
  async (incident, service, cause) => {
    const forecast = await hindered(incident, service);
    expect(forecast.hindrances.map((each) => [each.cause, each.commands])).toEqual([[cause, []]]);
    expect(forecast.commands.length).toBeGreaterThan(0);
    expect(forecast.commands.join('\n')).not.toMatch(/rollout/);
    expect(forecast.notes[0]).toBe(
      `mend ${cause} first; what to do for it: triage explain ${cause}`,
    );
  },
);

test('a controller that no longer sees what changes is told to be restarted first', async () => {
  const forecast = await hindered('watch-stale', 'web/portal');
  expect(forecast.commands[0]).toMatch(/rollout restart deployment\/controller$/);
  expect(forecast.notes.join('\n')).not.toContain('triage explain');
});
