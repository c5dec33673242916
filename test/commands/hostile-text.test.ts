import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFormats } from '../../src/core/shell/flags/flags.ts';
import { runHere } from './in-process.ts';

/** As YAML writes it: clear the screen, turn red, reverse the direction, hide, ring the bell. */
const evil = String.raw`\x1b[2J\x1b[31m\u202eevil\u200b\x9b1m\a`;
const acted = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;
let dump = '';

/** The incident of a full pool, in which everything that people can write freely is hostile. */
beforeAll(() => {
  dump = mkdtempSync(join(tmpdir(), 'triage-hostile-'));
  cpSync('test/incidents/pool-exhausted/sick', dump, { recursive: true });
  edit('events.yaml', (text) =>
    text.replaceAll(/message: '?Failed to allocate.*/g, `message: "no available IPs ${evil}"`),
  );
  edit('metallb.yaml', (text) => text.replaceAll(/\bname: lan$/gm, `name: "lan${evil}"`));
  edit('workload.yaml', (text) =>
    text.replaceAll(/\bname: (old-api|search|mail)$/gm, (_, name) => `name: "${name}${evil}"`),
  );
});
afterAll(() => rmSync(dump, { recursive: true, force: true }));

function edit(file: string, change: (text: string) => string): void {
  const path = join(dump, file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
}

describe.each([
  ['pending', ['shop/checkout']],
  ['health', []],
])('%s', (command, args) => {
  test.each(answerFormats)('shows hostile text written out under -o %s', async (format) => {
    const { stdout, stderr, code } = await runHere(command, [
      ...args,
      '--from',
      dump,
      '-o',
      format,
    ]);
    expect(acted.exec(stdout + stderr)?.[0]).toBeUndefined();
    expect(code).toBe(1);
    if (format !== 'name') {
      expect(stdout).toMatch(/\\(?:x1b|u001b)\[2J/);
    }
  });
});

test('a Service with a hostile name can be asked for, and the refusal is written out', async () => {
  const { stderr, code } = await runHere('pending', ['shop/\u001b[2Jcheckout', '--from', dump]);
  expect(acted.exec(stderr)?.[0]).toBeUndefined();
  expect(code).toBe(2);
});

test('snapshot and doctor write out what they name', async () => {
  for (const [command, args] of [
    ['doctor', []],
    ['snapshot', ['-o', join(dump, 'all.json.gz')]],
  ] as const) {
    const { stdout, stderr } = await runHere(command, [...args, '--from', dump]);
    expect(acted.exec(stdout + stderr)?.[0]).toBeUndefined();
  }
});

const others = {
  pools: ['lan', '--from'],
  'what-if': ['shop/checkout', '--pool', 'x\u001b[2J', '--from'],
  upgrade: ['--to', 'v0.14.0', '--from'],
  diff: ['test/incidents/pool-exhausted/healthy'],
  announcers: ['--from'],
  drill: ['--each', '--from'],
} as const;

describe.each(['text', 'json', 'yaml', 'markdown'])('under -o %s', (format) => {
  test.each(Object.entries(others))('%s writes hostile text out', async (command, args) => {
    const wanted = args.map((each) => (each === 'lan' ? hostilePool() : each));
    const { stdout, stderr } = await runHere(command, [...wanted, dump, '-o', format]);
    expect(acted.exec(stdout + stderr)?.[0]).toBeUndefined();
    expect(stdout).toContain('evil');
  });

  test('from-alert writes hostile labels out', async () => {
    const payload = join(dump, `alerts-${format}.json`);
    const labels = {
      alertname: 'MetalLBAddressPoolExhausted',
      pool: hostilePool(),
      node: '\u001b',
    };
    writeFileSync(
      payload,
      JSON.stringify([{ labels }, { labels: { alertname: '\u001b[2Jevil' } }]),
    );
    const { stdout, stderr } = await runHere('from-alert', [payload, '--from', dump, '-o', format]);
    expect(acted.exec(stdout + stderr)?.[0]).toBeUndefined();
    expect(stdout).toContain('evil');
  });

  test('validate writes hostile manifests out', async () => {
    const file = join(dump, 'pool.manifest.yaml');
    const spec = 'spec: {addresses: ["10.0.0.0/8\\e[2Jevil"]}';
    writeFileSync(
      file,
      `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: "a\\e[2J"}\n${spec}\n`,
    );
    const { stdout, stderr, code } = await runHere('validate', [file, '-o', format]);
    rmSync(file);
    expect(acted.exec(stdout + stderr)?.[0]).toBeUndefined();
    expect(stdout).toContain('evil');
    expect(code).toBe(1);
  });
});

/** The name as YAML reads it. */
function hostilePool(): string {
  return 'lan\u001b[2J\u001b[31m\u202eevil\u200b\u009b1m\u0007';
}
