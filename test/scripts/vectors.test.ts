import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'triage-vectors-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pool = {
  kind: 'IPAddressPool',
  metadata: { name: 'gold', namespace: 'metallb-system' },
  spec: { addresses: ['10.0.0.0/30'] },
};
const service = {
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    type: 'LoadBalancer',
    clusterIP: '172.20.0.1',
    clusterIPs: ['172.20.0.1'],
    ports: [{ port: 80, protocol: 'TCP' }],
  },
};

/** The Service comes to one pool and gets this address. */
function oneCase(ip: string, message = `Assigned IP ["${ip}"]`): string {
  return JSON.stringify({
    id: `case-${ip}`,
    version: 'v0.16.1',
    mode: 'single',
    controller: { namespace: 'metallb-system', bgpType: 'frr' },
    steps: [
      { op: 'start', objects: [pool] },
      { op: 'apply', objects: [service] },
    ],
    outcomes: [
      {
        runs: 5,
        steps: [
          { config: { result: 'reloaded' } },
          {
            services: { 'shop/web': { ips: [ip], pool: 'gold' } },
            events: { 'shop/web': [{ type: 'Normal', reason: 'IPAllocated', message }] },
          },
        ],
      },
    ],
  });
}

function run(content: string | Uint8Array | undefined, name = 'cases.jsonl') {
  const file = join(folder, name);
  if (content !== undefined) {
    writeFileSync(file, content);
  }
  const args = ['scripts/vectors.ts', ...(name === '' ? [] : [file])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, lines: stdout.split('\n'), stderr: stderr.replaceAll(folder, 'FOLDER') };
}

describe('npm run vectors', () => {
  test('says that all agree', () => {
    const { status, lines } = run(`${oneCase('10.0.0.0')}\n\n${oneCase('10.0.0.0')}\n`);
    expect(status).toBe(0);
    expect(lines.slice(0, 2)).toEqual([
      '2 agree, 0 disagree',
      'events, texts and figures: 2 agree, 0 disagree',
    ]);
    expect(lines.slice(-3)).toEqual([
      'release  mode    cases  agree  disagree  details differ',
      'v0.16.1  single      2      2         0               0',
      '',
    ]);
  });

  test('shows what differs in full, and fails', () => {
    const { status, lines } = run(`${oneCase('10.0.0.0')}\n${oneCase('10.0.0.3')}\n`);
    expect(status).toBe(1);
    expect(lines[0]).toBe('1 agree, 1 disagree');
    expect(lines).toContain('disagreements, 1 of 1:');
    expect(lines).toContain('  step 2 of 2: apply Service shop/web');
    expect(lines).toContain('  ours:     {"shop/web":{"ips":["10.0.0.0"],"pool":"gold"}}');
  });

  test('does not fail over another text of an event, but shows it', () => {
    const { status, lines } = run(oneCase('10.0.0.0', 'Given IP'));
    expect(status).toBe(0);
    expect(lines.slice(0, 2)).toEqual([
      '1 agree, 0 disagree',
      'events, texts and figures: 0 agree, 1 disagree',
    ]);
    expect(lines).toContain('differing in events, texts or figures, 1 of 1:');
  });

  test('reads a compressed file whatever its name', () => {
    expect(run(gzipSync(oneCase('10.0.0.0'))).lines[0]).toBe('1 agree, 0 disagree');
  });
});

describe('a file that cannot be judged ends with 2 and says why', () => {
  test.each([
    [
      'broken JSON',
      `${oneCase('10.0.0.0')}\n{"id":`,
      /^FOLDER\/cases\.jsonl, line 2: is no JSON \(/,
    ],
    ['another object', '{"id":"a","version":"v0.16.1"}', /line 1: is neither an allocation/],
    ['no object', '[]', /line 1: is no JSON object\n$/],
    [
      'an unknown step',
      oneCase('10.0.0.0').replace('"apply"', '"pray"'),
      /line 1: step 1 is none of start, apply, delete, restart\n$/,
    ],
    [
      'an unknown kind',
      oneCase('10.0.0.0').replace('"Service"', '"Pod"'),
      /line 1: step 1 holds something else than Namespace, IPAddressPool, Community, Service/,
    ],
    [
      'an outcome that says nothing',
      oneCase('10.0.0.0').replace(/"outcomes":.*$/, '"outcomes":[{"runs":5,"steps":[]}]}'),
      /line 1: has an outcome without any step\n$/,
    ],
    ['nothing', '\n', /^FOLDER\/cases\.jsonl: holds no case\n$/],
    ['half a gzip', gzipSync(oneCase('10.0.0.0')).subarray(0, 60), /is no whole gzip/],
  ])('%s', (_, content, message) => {
    const { status, stderr } = run(content);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) });
  });

  test('no such file', () => {
    expect(run(undefined, 'absent').stderr).toMatch(/^FOLDER\/absent: cannot be read/);
  });

  test('no file at all', () => {
    expect(run(undefined, '')).toMatchObject({ status: 2, stderr: /which file/ });
  });
});
