import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { DrillReport } from '../../src/core/facts/drill-report.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const sick = `${folder}pool-exhausted/sick`;
const quiet = `${folder}bug-cordoned-node-is-silent/healthy`;

async function asked(...args: readonly string[]) {
  const { stdout, code } = await runHere('drill', [...args, '-o', 'json']);
  const report = JSON.parse(stdout) as DrillReport;
  expect(faultsOfSchema('drill.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('drill', () => {
  test('tells what the loss of a node comes to, and exits 1 where an address is lost', async () => {
    const { addresses, thoughtAway, exitCode } = await asked('--node', 'worker-2', '--from', sick);
    expect([exitCode, thoughtAway]).toEqual([1, { nodes: ['worker-2'], speakersOnly: false }]);
    expect(addresses.map(({ outcome }) => outcome).filter((each) => each === 'lost')).toHaveLength(
      6,
    );
    expect(addresses.find(({ outcome }) => outcome === 'moves')).toMatchObject({
      from: 'worker-2',
      to: 'worker-1',
    });
  });

  test('counts no node as next hop whose session is down, and says so', async () => {
    const from = ['--from', `${folder}bgp-one-session-down/sick`];
    const { addresses, notes, exitCode } = await asked('--node', 'worker-1', ...from);
    expect(exitCode).toBe(1);
    expect(addresses.map(({ outcome, nextHops }) => [outcome, nextHops.before])).toEqual([
      ['lost', 1],
      ['lost', 1],
    ]);
    expect(notes).toContain('no next hop by BGP sessions that are down: worker-2 with router');
    const each = await asked('--each', ...from);
    expect(each.nodes.map(({ node, lost }) => [node, lost])).toEqual([
      ['worker-1', 2],
      // the endpoints of one are all on it
      ['worker-2', 1],
      ['cp-1', 0],
    ]);
  });

  test('tries every node, the worst loss first', async () => {
    const { nodes, addresses } = await asked('--each', '--from', sick);
    expect(nodes.map(({ node, lost, moves }) => [node, lost, moves])).toEqual([
      ['worker-2', 6, 4],
      ['worker-1', 3, 2],
      ['cp-1', 0, 0],
    ]);
    expect(addresses).toEqual([]);
  });

  test('of a node that announces nothing exits 0', async () => {
    const { exitCode, headline } = await asked('--node', 'cp-1', '--from', quiet);
    expect([exitCode, headline]).toEqual([
      0,
      'Without cp-1 nothing happens to any address (2 looked at)',
    ]);
  });

  test('takes the name of a speaker pod', async () => {
    const { thoughtAway } = await asked('--speaker', 'speaker-krxkz', '--from', sick);
    expect(thoughtAway.speakersOnly).toBe(true);
    expect(thoughtAway.nodes).toHaveLength(1);
  });

  test('without anything of MetalLB is unknown', async () => {
    const { exitCode, unknowns } = await asked('--each', '--from', `${sick}/events.yaml`);
    expect(exitCode).toBe(3);
    expect(unknowns.map(({ fact }) => fact)).toContain('nodes');
  });

  test.each([
    [['--node', 'worker2'], 'did you mean worker-2'],
    [['--speaker', 'speaker-krxk'], 'did you mean speaker-krxkz'],
    [['--speaker', 'nothing-like-it'], 'there is no speaker nothing-like-it; there are speaker-'],
    [['--zone', 'east'], 'no node is in a zone'],
    [[], 'say what goes'],
    [['--each', '--node', 'worker-2'], '--node'],
  ])('refuses %j', async (args, says) => {
    const { stderr, code } = await runHere('drill', [...args, '--from', sick]);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
  });

  test.each(['text', 'yaml', 'markdown'])('is printed as %s', async (form) => {
    const each = await runHere('drill', ['--each', '--from', sick, '-o', form]);
    expect(each.code).toBe(1);
    expect(each.stdout).toContain('worker-2');
    const one = await runHere('drill', ['--node', 'worker-2', '--from', sick, '-o', form]);
    expect(one.stdout).toContain('dns/pihole');
    expect(one.stdout).toContain('not promised');
  });
});
