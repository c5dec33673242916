import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const manifests = fileURLToPath(new URL('../manifests', import.meta.url));
const incidents = fileURLToPath(new URL('../incidents', import.meta.url));

async function validate(folder: string, ...flags: readonly string[]) {
  const outcome = await runHere('validate', [`${manifests}/${folder}`, ...flags, '-o', 'json']);
  return { ...outcome, report: JSON.parse(outcome.stdout) as ValidationReport };
}

/** Each problem as `severity rule file:line:column [who refuses]`. */
function told({ sets }: ValidationReport): readonly string[] {
  return sets.flatMap(({ problems }) =>
    problems.map(({ severity, rule, place, refusedBy }) => {
      const file = place.file.slice(manifests.length + 1);
      return `${severity} ${rule} ${file}:${place.line}:${place.column} [${refusedBy.join()}]`;
    }),
  );
}

/** v0.16.2 refuses what others only make nothing of. */
const before = ['--version', 'v0.16.1'] as const;

describe('triage validate', () => {
  test('what MetalLB takes is valid', async () => {
    const { code, report } = await validate('right');
    expect(code).toBe(0);
    expect(report.result).toBe('valid');
    expect(report.sets).toEqual([
      {
        name: `${manifests}/right`,
        files: 1,
        objects: { IPAddressPool: 1, L2Advertisement: 1 },
        skipped: {
          otherDocuments: 1,
          kustomizations: 0,
          templates: 0,
          templateFiles: 0,
          templatesOfMetalLB: 0,
          unreadFiles: 0,
        },
        problems: [],
        notes: [],
      },
    ]);
  });

  test('what is refused is named with its place and with who refuses it', async () => {
    const { code, report } = await validate('wrong', '--bgp-type', 'frr');
    expect(code).toBe(1);
    expect(told(report)).toEqual([
      'error peer-address wrong/bgp.yaml:9:16 [webhook,speaker]',
      'error peer-timers wrong/bgp.yaml:10:13 [webhook,speaker]',
      'error peer-asn wrong/bgp.yaml:11:17 [webhook,speaker]',
      'error aggregation-length wrong/bgp.yaml:20:22 [webhook,speaker]',
      'error aggregation-length wrong/bgp.yaml:20:22 [webhook,speaker]',
      'error community-syntax wrong/bgp.yaml:22:7 [webhook,speaker]',
      'error bfd-range wrong/bgp.yaml:30:20 [API server,speaker]',
      'error overlap wrong/pools.yaml:8:7 [webhook,controller,speaker]',
      'error address-syntax wrong/pools.yaml:26:15 [webhook,controller,speaker]',
      'error wrong-namespace wrong/pools.yaml:32:14 [webhook]',
      'error yaml-syntax wrong/syntax.yaml:6:1 []',
    ]);
    const overlap = report.sets[0]?.problems.find(({ rule }) => rule === 'overlap');
    expect(overlap?.message).toBe(
      '192.168.10.0/24 in pool lan overlaps 192.168.10.40-192.168.10.47 in pool guests; in MetalLB\'s words: CIDR "192.168.10.0/24" in pool "lan" overlaps with already defined CIDR "192.168.10.40/29"',
    );
    expect(overlap?.other).toEqual({
      object: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'guests' },
      file: `${manifests}/wrong/pools.yaml`,
      line: 18,
      column: 7,
    });
  });

  test('what is accepted and surely not meant is a warning', async () => {
    const { code, report } = await validate('doubtful', '--bgp-type', 'frr', ...before);
    expect(code).toBe(0);
    expect(report.result).toBe('warnings');
    expect(told(report)).toEqual([
      'warning pool-unadvertised doubtful/pools.yaml:4:9 []',
      'warning host-bits doubtful/pools.yaml:8:7 []',
      'warning mixed-range doubtful/pools.yaml:9:7 []',
      'warning nothing-automatic doubtful/pools.yaml:11:15 []',
      'warning unknown-pool doubtful/pools.yaml:19:20 []',
      'warning missing-community doubtful/pools.yaml:20:17 [speaker]',
      'warning unknown-peer doubtful/pools.yaml:21:11 []',
      'warning missing-secret doubtful/pools.yaml:32:3 []',
      'warning missing-bfd-profile doubtful/pools.yaml:34:15 [speaker]',
    ]);
  });

  test('warnings are an exit code of their own when asked for', async () => {
    expect((await validate('doubtful', '--exit-warn', ...before)).code).toBe(4);
  });

  test('a release is judged by its own rules and words', async () => {
    const { report } = await validate('doubtful');
    expect(report.metallb.version).toBe('v0.16.2');
    expect(told(report)[0]).toBe(
      'error mixed-range doubtful/pools.yaml:9:7 [webhook,controller,speaker]',
    );
    const old = await validate('wrong', '--version', 'v0.14.9');
    expect(old.report.sets[0]?.problems[0]?.message).toBe(
      'invalid BGPPeer address "192.0.2.1/32"; parsing peer router',
    );
  });

  test('a field of a later release is refused by the API server of an earlier one', async () => {
    const { report } = await validate('early', '--version', 'v0.15.3');
    expect(told(report)).toEqual(['error early-field early/advertisement.yaml:15:3 [API server]']);
    expect((await validate('early', '--version', 'v0.16.1')).report.result).toBe('valid');
  });

  test('what the API server refuses is told before MetalLB sees it', async () => {
    const { report } = await validate('types', '--bgp-type', 'frr');
    expect(
      report.sets[0]?.problems
        .filter(({ refusedBy }) => refusedBy.includes('API server'))
        .map(({ place, message }) => `${place.line}:${place.column} ${message}`),
    ).toEqual([
      '3:1 this IPAddressPool has no name',
      '6:14 spec.addresses must be a list, not a string',
      '13:10 spec.myASN must be a number, not a string',
      '15:13 spec.peerPort must be a whole number from 1 to 16384',
    ]);
  });

  test('native BGP refuses what FRR takes; not knowing which is a warning', async () => {
    const native = await validate('doubtful', '--bgp-type', 'native', ...before);
    expect(told(native.report)[0]).toBe('error native-peer doubtful/pools.yaml:34:15 [speaker]');
    const unknown = await validate('doubtful', ...before);
    expect(told(unknown.report)).toContain(
      'warning native-peer doubtful/pools.yaml:34:15 [speaker]',
    );
  });

  test('overlays are clusters of their own, so equal ranges in two of them are no overlap', async () => {
    const { code, report } = await validate('overlays');
    expect(code).toBe(0);
    expect(report.sets.map(({ name, objects }) => [name, objects])).toEqual([
      [`${manifests}/overlays/east`, { IPAddressPool: 1, L2Advertisement: 1 }],
      [`${manifests}/overlays/west`, { IPAddressPool: 1, L2Advertisement: 1 }],
    ]);
  });

  test('what names no namespace goes where -n says, as with kubectl apply', async () => {
    const { report } = await validate('overlays/east/pool.yaml', '-n', 'default');
    expect(told(report)).toContain('error wrong-namespace overlays/east/pool.yaml:3:1 [webhook]');
    expect((await validate('overlays/east/pool.yaml')).code).toBe(0);
  });

  test.each(['none', 'templates'])('%s: nothing to judge is never called valid', async (folder) => {
    const { code, report } = await validate(folder);
    expect(code).toBe(3);
    expect(report.result).toBe('unknown');
  });

  test('a path that is not there is a usage error', async () => {
    const { code, stdout } = await runHere('validate', [`${manifests}/nowhere`, '-o', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'error', error: { kind: 'usage' } });
  });

  test('a version that is none is a usage error', async () => {
    const outcome = await runHere('validate', [`${manifests}/right`, '--version', 'latest']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('write it as v0.15.3');
  });

  test('put beside a cluster, a range that is in use is not taken away unseen', async () => {
    const recording = `${incidents}/pool-exhausted/sick`;
    const { report } = await validate(
      'overlays/east/pool.yaml',
      '--with',
      recording,
      '-n',
      'metallb-system',
    );
    expect(report.metallb).toEqual({
      version: 'v0.15.3',
      namespace: 'metallb-system',
      bgpType: 'native',
    });
    expect(told(report)).toEqual(['warning range-in-use overlays/east/pool.yaml:6:3 []']);
  });

  test('what the recording does not hold is said, and is no reason to refuse', async () => {
    const recording = `${incidents}/dump-without-pools/sick`;
    const { report } = await validate('doubtful', '--with', recording, '--bgp-type', 'frr');
    expect(report.sets[0]?.notes.join()).toContain('could not read');
  });

  test.each(['right', 'wrong', 'doubtful', 'overlays', 'none'])(
    '%s: the JSON fits its schema',
    async (folder) => {
      const { report } = await validate(folder);
      expect(faultsOfSchema('validate.v1.schema.json', report)).toEqual([]);
    },
  );

  test('text and markdown name the same places', async () => {
    const path = `${manifests}/wrong`;
    const text = await runHere('validate', [path]);
    const markdown = await runHere('validate', [path, '-o', 'markdown']);
    expect(text.stdout).toContain('pools.yaml:8:7');
    expect(markdown.stdout).toContain('pools.yaml:8:7');
    expect([text.code, markdown.code]).toEqual([1, 1]);
  });
});
