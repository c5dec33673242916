import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { DrillReport } from '../../src/core/facts/drill-report.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));

async function asked(incident: string, ...args: readonly string[]) {
  const from = ['--from', `${folder}${incident}`, '-o', 'json'];
  const { stdout, code } = await runHere('drill', [...args, ...from]);
  const report = JSON.parse(stdout) as DrillReport;
  expect(faultsOfSchema('drill.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('addresses that hang on a node nobody has heard of', () => {
  test.each(['speakers-nodes-silent', 'dead-node-elected'])(
    'are said first where %s',
    async (incident) => {
      const { headline, nodes, open, exitCode } = await asked(`${incident}/sick`, '--each');
      expect(headline).toBe(
        'it cannot be said who announces 2 addresses now: they hang on worker-2, of which the cluster has heard nothing for a while',
      );
      expect([open, exitCode]).toEqual([2, 1]);
      expect(nodes[0]).toMatchObject({ node: 'worker-2', lost: 2 });
    },
  );

  test.each(['speakers-nodes-silent', 'dead-node-elected'])(
    'are lost without that node, where %s',
    async (incident) => {
      const { headline, addresses, exitCode } = await asked(
        `${incident}/sick`,
        '--node',
        'worker-2',
      );
      expect(headline).toBe(
        'Without worker-2: 2 addresses would be announced by nobody, 0 would stay as they are; the cluster has heard nothing of worker-2 for a while, so it may be so already',
      );
      expect(addresses.map(({ outcome, why }) => [outcome, why])).toEqual(
        Array.from({ length: 2 }, () => [
          'lost',
          'only worker-2 could announce it now, and the cluster has heard nothing of it for a while',
        ]),
      );
      expect(exitCode).toBe(1);
    },
  );

  test('stay open when another node goes', async () => {
    const { headline, addresses, exitCode } = await asked(
      'dead-node-elected/sick',
      '--node',
      'worker-1',
    );
    expect(headline).toBe(
      'it cannot be said who announces 2 addresses now: they hang on worker-2, of which the cluster has heard nothing for a while',
    );
    expect(addresses.map(({ outcome }) => outcome)).toEqual(['open', 'open']);
    expect(exitCode).toBe(3);
  });
});

describe('what is broken already', () => {
  test('makes a forecast of split speakers one for later', async () => {
    const { headline, notes, exitCode } = await asked('memberlist-split/sick', '--each');
    expect(headline).toMatch(/^once the speakers see one another again: any one of the 3 nodes/);
    expect(notes[0]).toMatch(/^speakers do not see one another now .*: triage health --from=/);
    expect(exitCode).toBe(3);
  });

  test('of the healthy twin nothing is said', async () => {
    const { headline, notes, exitCode } = await asked('memberlist-split/healthy', '--each');
    expect(headline).toMatch(/^any one of the 3 nodes/);
    expect([notes, exitCode]).toEqual([[], 0]);
  });

  test('of sessions that come and go no next hop is counted on', async () => {
    const { headline, notes, exitCode, nodes } = await asked('bgp-as-mismatch/sick', '--each');
    expect(headline).toBe(
      '2 addresses are announced by nobody as it is, so there is nothing more to lose',
    );
    expect(notes).toContain(
      'no next hop by BGP sessions that are down: cp-1 with router, worker-1 with router, worker-2 with router',
    );
    expect([exitCode, nodes.every(({ lost }) => lost === 0)]).toEqual([1, true]);
  });
});
