import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { AnnouncersReport } from '../../src/core/facts/announcers-report.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const sick = `${folder}pool-exhausted/sick`;
const healthy = `${folder}bug-cordoned-node-is-silent/healthy`;

async function asked(...args: readonly string[]) {
  const { stdout, code } = await runHere('announcers', [...args, '-o', 'json']);
  const report = JSON.parse(stdout) as AnnouncersReport;
  expect(faultsOfSchema('announcers.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('announcers', () => {
  test('tells the announcer of every address, and exits 1 where one has none', async () => {
    const { addresses, exitCode, nodes } = await asked('--from', sick);
    expect(exitCode).toBe(1);
    expect(addresses).toHaveLength(12);
    expect(addresses[0]).toMatchObject({ service: 'shop/old-api', verdict: 'nobody' });
    expect(nodes.reduce((sum, { layer2 }) => sum + layer2, 0)).toBe(11);
  });

  test('of one namespace tells its Services alone, and makes no remark on -n', async () => {
    const { addresses, notices } = await asked('-n', 'ingress-nginx', '--from', sick);
    expect(new Set(addresses.map(({ service }) => service.split('/')[0]))).toEqual(
      new Set(['ingress-nginx']),
    );
    expect(notices.filter((each) => each.includes('-n'))).toEqual([]);
  });

  test('of one Service tells the reasons too, and exits 0', async () => {
    const report = await asked('shop/checkout', '--from', healthy);
    expect(report.exitCode).toBe(0);
    expect(report.reasoning?.layer2.candidates).toContain(report.addresses[0]?.announcer);
  });

  test('of a Service that waits for its address exits 1 and says so', async () => {
    const { headline, exitCode } = await asked('shop/checkout', '--from', sick);
    expect([exitCode, headline]).toEqual([
      1,
      'shop/checkout has no address yet, so there is nothing to announce',
    ]);
  });

  test('of a configuration that speakers refuse exits 1, and claims nothing', async () => {
    const report = await asked('--from', `${folder}config-rejected-by-speakers/sick`);
    expect(report.exitCode).toBe(1);
    expect(report.refusing).toHaveLength(3);
    expect(report.addresses.map(({ verdict }) => verdict)).toEqual(['uncertain', 'uncertain']);
  });

  test.each([
    ['bgp-session-down', 'school/checkout', 'its session with leaf-1 is down (2)'],
    ['bgp-password-differs', 'shop/api', 'its session with router is down (2)'],
    [
      'bgp-backend-missing',
      'school/checkout',
      'its session with leaf-1 is down, as no FRR is there to speak BGP (2)',
    ],
  ])('of %s has nobody, says why and exits 1', async (incident, key, why) => {
    const { addresses, exitCode, notes, reasoning } = await asked(
      key,
      '--from',
      `${folder}${incident}/sick`,
    );
    const [row] = addresses;
    expect([exitCode, row?.verdict, row?.advertisers.count]).toEqual([1, 'nobody', 0]);
    expect(row?.why).toContain(why);
    expect(reasoning?.bgp.prefixes.map(({ nodes, lostBy }) => [nodes, lostBy])).toEqual([
      [['worker-1', 'worker-2'], 'session down'],
    ]);
    expect(notes).toEqual([]);
  });

  test.each(['bgp-session-down', 'bgp-password-differs', 'bgp-one-session-down'])(
    'of the healthy twin of %s has every node, and exits 0',
    async (incident) => {
      const { addresses, exitCode } = await asked('--from', `${folder}${incident}/healthy`);
      expect(exitCode).toBe(0);
      expect(addresses.map(({ advertisers }) => advertisers.count)).toEqual(addresses.map(() => 2));
    },
  );

  test('does not count a node whose session is down, and says so beside it', async () => {
    const from = ['--from', `${folder}bgp-one-session-down/sick`];
    const { addresses, nodes, exitCode } = await asked(...from);
    expect(exitCode).toBe(0);
    expect(addresses.map(({ advertisers }) => advertisers.first)).toEqual([
      ['worker-1'],
      ['worker-1'],
    ]);
    expect(nodes.map(({ node, bgp, remark }) => [node, bgp, remark ?? ''])).toEqual([
      ['cp-1', 0, ''],
      ['worker-1', 2, ''],
      ['worker-2', 0, 'session down: router'],
    ]);
    const { stdout } = await runHere('announcers', ['shop/api', ...from]);
    expect(stdout).toContain('10.4.11.33/32 is NOT given to router from worker-2: session down');
  });

  test('without anything of MetalLB is unknown', async () => {
    const { exitCode, unknowns } = await asked('--from', `${sick}/events.yaml`);
    expect(exitCode).toBe(3);
    expect(unknowns.map(({ fact }) => fact)).toContain('nodes');
  });

  test('refuses a Service that is not there, and names the near one', async () => {
    const { stderr, code } = await runHere('announcers', ['shop/chekout', '--from', sick]);
    expect(code).toBe(2);
    expect(stderr).toContain('triage announcers shop/checkout');
  });

  test.each(['text', 'yaml', 'markdown'])('is printed as %s', async (form) => {
    const all = await runHere('announcers', ['--from', sick, '-o', form]);
    expect(all.code).toBe(1);
    expect(all.stdout).toContain('10.4.11.10');
    const one = await runHere('announcers', ['shop/checkout', '--from', healthy, '-o', form]);
    expect(one.stdout).toContain('worker-2');
  });
});
