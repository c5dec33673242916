import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

const entry = {
  cause: 'pool-exhausted',
  about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
  owner: 'network',
  reason: 'the range grows in May',
  expires: '2026-12-31',
};
const nearlyFull = { ...entry, cause: 'pool-nearly-full' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-suppressions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(content: string | object): string {
  const path = join(folder, 'suppressions.yaml');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function listOf(...suppressions: readonly object[]): object {
  return { version: 'triage.suppressions/v1', suppressions };
}

/** Without the breaks of the terminal's width. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function health(incident: string, file: string, ...more: readonly string[]) {
  const from = `test/incidents/${incident}/sick`;
  return runHere('health', ['--from', from, '--suppressions', file, ...more]);
}

describe('--suppressions', () => {
  test('leaves a warning out and keeps it in the summary', async () => {
    const { stdout, code } = await health(
      'pool-nearly-full',
      fileWith(listOf(nearlyFull)),
      '--exit-warn',
    );
    expect(code).toBe(0);
    expect(onOneLine(stdout)).toContain('has nothing wrong that nobody answers for: ');
    expect(stdout).toContain('1 finding suppressed');
    expect(stdout).toContain(
      'pool-nearly-full on IPAddressPool metallb-system/lan until 2026-12-31',
    );
  });

  test('stands in JSON and markdown too', async () => {
    const file = fileWith(listOf(nearlyFull));
    const json = JSON.parse((await health('pool-nearly-full', file, '-o', 'json')).stdout);
    expect(json.diagnosis.rootCauses).toEqual([]);
    expect(json.diagnosis.suppressed).toMatchObject([{ owner: 'network', expires: '2026-12-31' }]);
    expect([json.result, json.diagnosis.outcomeUnsuppressed]).toEqual(['healthy', 'warnings']);
    const { stdout } = await health('pool-nearly-full', file, '-o', 'markdown');
    expect(stdout).toContain('**Suppressed**');
  });

  test('that has expired brings the finding back, loudly', async () => {
    const file = fileWith(listOf({ ...nearlyFull, expires: '2026-01-31' }));
    const { stdout, stderr, code } = await health('pool-nearly-full', file, '--exit-warn');
    expect(code).toBe(4);
    expect(stdout).toContain('NO LONGER SUPPRESSED since 2026-01-31 is over');
    expect(stderr).toContain('SUPPRESSION EXPIRED on 2026-01-31');
  });

  test('leaves alone what it does not name', async () => {
    const { stdout, code } = await health('one-pool-full-health', fileWith(listOf(nearlyFull)));
    expect(code).toBe(1);
    expect(stdout).not.toContain('suppressed');
  });

  test('says on stderr when one of them matched nothing', async () => {
    const about = { ...entry.about, name: 'lna' };
    const { stderr } = await health('pool-nearly-full', fileWith(listOf({ ...nearlyFull, about })));
    expect(onOneLine(stderr)).toContain(
      'suppression matched nothing: pool-nearly-full on IPAddressPool metallb-system/lna (network: the range grows in May)',
    );
  });

  test('takes a kind however its letters are', async () => {
    const about = { ...entry.about, kind: 'ipaddresspool' };
    const file = fileWith(listOf({ ...nearlyFull, about }));
    const { stdout, stderr } = await health('pool-nearly-full', file);
    expect(stdout).toContain('1 finding suppressed');
    expect(stderr).not.toContain('matched nothing');
  });

  test('that has expired is told once, and is no slip', async () => {
    const file = fileWith(listOf({ ...entry, expires: '2026-01-31' }));
    const { stderr } = await health('pool-nearly-full', file);
    expect(stderr).toContain('SUPPRESSION EXPIRED');
    expect(stderr).not.toContain('matched nothing');
  });

  test('of all that the chosen checks found leaves nothing that counts', async () => {
    const file = fileWith(listOf(entry));
    const { stdout, code } = await health('pool-exhausted', file, '--only', 'pool-exhausted');
    expect(code).toBe(0);
    expect(onOneLine(stdout)).toContain('the 1 check asked for found nothing that counts');
  });

  const notForIt = {
    ...entry,
    cause: 'pool-not-for-service',
    about: { kind: 'Service', namespace: 'shop', name: 'checkout' },
  };

  test('silences with a cause the known bug that only repeats it, and says so', async () => {
    const file = fileWith(listOf(notForIt));
    const { stdout, code } = await health('pool-with-priority-only', file, '--exit-warn');
    expect(code).toBe(0);
    expect(onOneLine(stdout)).toContain(
      'until 2026-12-31 (network: the range grows in May), and metallb#2656 with it',
    );
    const json = JSON.parse((await health('pool-with-priority-only', file, '-o', 'json')).stdout);
    expect(json.diagnosis.knownBugs).toEqual([]);
    expect(json.diagnosis.suppressed).toMatchObject([{ knownBugs: ['metallb#2656'] }]);
  });

  const good = 'version: triage.suppressions/v1\nsuppressions: []\n';
  test.each([
    ['another document', 'kind: Service\n', 'is no suppressions file'],
    ['two documents', `${good}---\n${good}`, 'is no suppressions file'],
    ['no YAML', 'version: [', 'neither YAML nor JSON'],
    [
      'an unknown cause',
      listOf({ ...entry, cause: 'pool-exhaustd' }),
      'suppression 1 is of no use: there is no check, cause or known bug "pool-exhaustd"; did you mean pool-exhausted?',
    ],
    [
      'a misspelt key',
      listOf(nearlyFull, { ...entry, ower: 'me' }),
      'suppression 2 does not know "ower"',
    ],
    ['no owner', listOf({ ...entry, owner: ' ' }), 'suppression 1 needs "owner" as a text'],
    ['no reason', listOf({ ...entry, reason: undefined }), 'needs "reason"'],
    [
      'no such day',
      listOf({ ...entry, expires: '2026-02-30' }),
      'needs "expires" as a day, 2026-12-31, not "2026-02-30"',
    ],
    ['no last day', listOf({ ...entry, expires: undefined }), 'needs "expires"'],
    [
      'a last day that is none',
      listOf({ ...entry, expires: '2026-13-01' }),
      'needs "expires" as a day, 2026-12-31, not "2026-13-01"',
    ],
    ['cause and check', listOf({ ...entry, check: 'MLB-A02' }), 'either "cause" or "check"'],
    ['no object', listOf({ ...entry, about: 'lan' }), 'needs "kind"'],
  ])('refuses %s', async (_title, content, says) => {
    const { stderr, stdout, code } = await health('pool-nearly-full', fileWith(content));
    expect(onOneLine(stderr)).toContain(says);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });

  test('says when its file is not there', async () => {
    const { stderr, code } = await health('pool-nearly-full', join(folder, 'none.yaml'));
    expect(onOneLine(stderr)).toContain('cannot be read');
    expect(code).toBe(2);
  });
});

function pending(incident: string, file: string, ...more: readonly string[]) {
  const from = `test/incidents/${incident}/sick`;
  return runHere('pending', ['shop/checkout', '--from', from, '--suppressions', file, ...more]);
}

describe('--suppressions for one Service', () => {
  test('says that it waits, who answers for it, and exits as if nothing were wrong', async () => {
    const { stdout, stderr, code } = await pending('pool-exhausted', fileWith(listOf(entry)));
    expect(code).toBe(0);
    expect(onOneLine(stdout)).toContain(
      'shop/checkout is pending for a reason that network answers for until 2026-12-31: ',
    );
    expect(stdout).toContain('1 finding suppressed');
    expect(onOneLine(stdout)).toContain(
      'pool-exhausted on IPAddressPool metallb-system/lan until 2026-12-31',
    );
    expect(stderr).not.toContain('matched nothing');
  });

  test('as JSON say what it would be without them', async () => {
    const { stdout } = await pending('pool-exhausted', fileWith(listOf(entry)), '-o', 'json');
    const { result, diagnosis } = JSON.parse(stdout);
    expect([result, diagnosis.outcomeUnsuppressed]).toEqual(['healthy', 'problem']);
  });

  test('that name an object which is not there are slips', async () => {
    const lann = { ...entry, about: { ...entry.about, name: 'lann' } };
    const service = { ...entry, about: { kind: 'Service', namespace: 'shop', name: 'checkout' } };
    const { stderr, code } = await pending('pool-exhausted', fileWith(listOf(lann, service)));
    expect(code).toBe(1);
    expect(onOneLine(stderr)).toContain(
      'suppression matched nothing: pool-exhausted on IPAddressPool metallb-system/lann',
    );
    expect(onOneLine(stderr)).toContain(
      'suppression matched nothing: pool-exhausted on Service shop/checkout (network: the range grows in May); found was pool-exhausted on IPAddressPool metallb-system/lan',
    );
  });

  test('about another pool that is there are no slips', async () => {
    const dmz = { ...entry, about: { ...entry.about, name: 'dmz' } };
    const { stderr } = await pending('pool-exhausted', fileWith(listOf(dmz)));
    expect(stderr).not.toContain('matched nothing');
  });

  test('are shown how to be written with -v', async () => {
    const { stdout } = await pending('pool-exhausted', fileWith(listOf()), '-v');
    expect(onOneLine(stdout)).toContain(
      'about {kind: IPAddressPool, namespace: metallb-system, name: lan}',
    );
  });

  test('that has expired brings the cause back, loudly', async () => {
    const file = fileWith(listOf({ ...entry, expires: '2026-01-31' }));
    const { stdout, stderr, code } = await pending('pool-exhausted', file);
    expect(code).toBe(1);
    expect(stdout).toContain('NO LONGER SUPPRESSED since 2026-01-31 is over');
    expect(stderr).toContain('SUPPRESSION EXPIRED on 2026-01-31');
  });

  test('about something else changes nothing, and is no slip', async () => {
    const { stderr, code } = await pending('pool-exhausted', fileWith(listOf(nearlyFull)));
    expect(code).toBe(1);
    expect(stderr).not.toContain('matched nothing');
  });

  test('leaves it unknown whether that is all, where something could not be read', async () => {
    const recording = join(folder, 'recording.json');
    await pending('pool-exhausted', fileWith(listOf(entry)), '--record', recording);
    const snapshot = JSON.parse(gunzipSync(readFileSync(recording)).toString());
    snapshot.readings.pods = {
      state: 'forbidden',
      verb: 'list',
      resource: 'pods',
    };
    writeFileSync(recording, JSON.stringify(snapshot));
    const args = ['shop/checkout', '--from', recording, '--suppressions'];
    const { stdout, code } = await runHere('pending', [...args, fileWith(listOf(entry))]);
    expect(code).toBe(3);
    expect(onOneLine(stdout)).toContain('whether there is another cannot be said without');
  });
});
