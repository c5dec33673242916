import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/facts/report.ts';
import { runHere } from './in-process.ts';

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

async function said(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runHere(command, args);
  return oneLine(stdout + stderr);
}

describe('what a newcomer stumbles over', () => {
  test.each([
    ['avoid-buggy-turned-on', 'concerned: 2 Services print/fax, print/scan'],
    ['pool-shrunk', 'concerned: 2 Services hr/leave, hr/pay'],
    ['reservation-moved-addresses', 'concerned: Service web/shop'],
    ['addresses-reshuffled', 'concerned: 2 Services cam/back, cam/front'],
    ['service-blocked-by-quota', 'not made: Service office/portal'],
  ])('the scope of %s names whom the headline tells of', async (incident, scope) => {
    const text = await said('health', '--from', `test/incidents/${incident}/sick`);
    expect(text).toContain(scope);
    expect(text).not.toContain('no Service is affected');
  });

  test('every full pool is in the scope, and any of them may be widened', async () => {
    const text = await said('health', '--from', 'test/incidents/equal-pools-exhausted/sick');
    expect(text).toContain('scope pools east, west: Service shop/checkout');
    expect(text).toContain('or widen west');
  });

  test('a Service that a quota does not let be made is no slip of the keyboard', async () => {
    const from = 'test/incidents/service-blocked-by-quota/sick';
    expect(await said('pending', 'office/portal', '--from', from)).toContain(
      'there is no Service portal in namespace office; quota tenant does not let it be made: services.loadbalancers stands at 2 of 2',
    );
    expect(await said('pending', 'office/portl', '--from', from)).not.toContain(
      'does not let it be made',
    );
  });

  test('of a Service that never comes to rest no-traffic gives the advice that health gives', async () => {
    const from = 'test/incidents/second-address-flaps/sick';
    const { stdout } = await runHere('no-traffic', ['game/lobby', '--from', from, '-o', 'json']);
    const { diagnosis } = JSON.parse(stdout) as Report;
    expect(diagnosis.rootCauses.map(({ cause }) => cause).slice(0, 2)).toEqual([
      'second-address-flaps',
      'endpoints-of-other-family',
    ]);
    expect(stdout).not.toContain('with ipFamilyPolicy PreferDualStack');
  });

  test('two installations are both shown with their pods', async () => {
    const from = 'test/incidents/two-installations/sick';
    const { stdout } = await runHere('health', ['--from', from]);
    expect(oneLine(stdout)).toMatch(
      /1\/1 ready .*\(in metallb-system\) .*0\/1 .*\(in metallb-two\)/,
    );
    const both = `${from},test/incidents/pool-shrunk/sick`;
    expect(await said('health', '--from', both)).toContain('in metallb-system (and 1 more)');
  });

  test('the overview of several clusters is a table', async () => {
    const from = 'test/incidents/two-installations/sick,test/incidents/pool-shrunk/sick';
    const { stdout } = await runHere('health', ['--from', from]);
    const [, first = '', second = ''] = stdout
      .split('\n')
      .filter((line) => !line.startsWith('  ') && line !== '');
    expect(second.indexOf('MetalLB works')).toBe(first.indexOf("MetalLB's controller"));
  });

  test('--wait says how its time is written', async () => {
    expect(await said('pending', '--wait', '2s', 'shop/checkout')).toContain('write --wait=2s');
  });

  test.each([
    ['explain', [], 'CAUSE|CHECK|BUG is missing: a cause'],
    ['diff', ['a'], 'NEW is missing: a recording, or kubectl output, of now'],
    ['what-if', [], 'SERVICE is missing: the Service, as [namespace/]name'],
  ])('%s says what is missing', async (command, args, says) => {
    expect(await said(command, ...args)).toContain(says);
  });

  test('the lists have heads, and an order to look things up in', async () => {
    const { stdout } = await runHere('checks', []);
    const [head = '', ...rows] = stdout.trimEnd().split('\n');
    const ids = rows.flatMap((row) => /^MLB-\S+/.exec(row) ?? []);
    expect(head).toMatch(/^CHECK +ASKS$/);
    expect(ids).toEqual(ids.toSorted());
    expect((await runHere('checks', ['--bugs'])).stdout).toMatch(/^BUG +FIXED IN +TITLE\n/);
  });

  test('a Service that hangs in deletion can be freed, and keeps its address until it is gone', async () => {
    const from = 'test/incidents/pool-exhausted-terminating-holder/sick';
    const free =
      'free one: shop/old-api was deleted 119 min ago and holds 10.4.11.12 still, because of its finalizer example.net/dns-cleanup';
    expect(await said('pending', 'shop/checkout', '--from', from)).toContain(`or ${free}`);
    expect(await said('no-traffic', 'shop/old-api', '--from', from)).toContain(
      'shop/old-api is being deleted; it keeps its address 10.4.11.12 until it is gone, and example.net/dns-cleanup holds it',
    );
    const announcers = await said('announcers', '--from', from);
    expect(announcers).toContain('3 addresses of 3 Services');
    expect(announcers).toMatch(/10\.4\.11\.12 lan \S+ shop\/old-api/);
  });

  test.each([
    ['cilium', 'mesh/checkout'],
    ['k3s-build', 'shop/checkout'],
    ['antrea', 'ant/checkout'],
    ['calico', 'tigers/checkout'],
    ['keepalived', 'vrrp/checkout'],
  ])(
    'an address that a rival wrote (%s) is not announced by whoever announced the one before',
    async (rival, key) => {
      const from = `test/incidents/rival-${rival}/sick`;
      const told = await said('no-traffic', key, '--from', from);
      expect(told).toContain('rival-controller');
      expect(told).not.toContain('still announces');
      expect(told).not.toContain('speaker-on-old-configuration');
      const announcers = await said('announcers', key, '--from', from);
      expect(announcers).not.toMatch(/announced by (?:worker|k3s)|says that it announces/);
    },
  );

  test('where ServiceLB of k3s is off already, k3s itself is to be upgraded', async () => {
    const from = 'test/incidents/rival-k3s-build/sick';
    expect(await said('pending', 'shop/checkout', '--from', from)).toContain('upgrade k3s');
    const on = 'test/incidents/rival-k3s-servicelb/sick';
    expect(await said('health', '--from', on)).not.toContain('upgrade k3s');
  });
});
