import type { ChildProcess } from 'node:child_process';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { watchedApi, type OpenWatch, type WatchedApi } from '../core/cluster/live/watched-api.ts';
import { aCluster, aService } from '../core/cluster/sample-objects.ts';
import { faultsOf, faultsOfSchema } from '../schemas/validate.ts';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';

let api: WatchedApi | undefined;
afterEach(async () => {
  await api?.[Symbol.asyncDispose]();
  api = undefined;
});

function checkout(ip: string | undefined, version: string) {
  const service = aService('shop', 'checkout', { resourceVersion: version });
  const ingress = ip === undefined ? [] : [{ ip }];
  return { ...service, status: { loadBalancer: { ingress } } };
}

/** What to do once stdout holds a text; each step in its turn. */
interface Step {
  readonly seen: string;
  readonly act: (services: OpenWatch, child: ChildProcess) => void;
}

const stop: Step['act'] = (_, child) => void child.kill('SIGINT');

async function watched(args: readonly string[], steps: readonly Step[]) {
  const server = await watchedApi([...aCluster()]);
  api = server;
  return await runTriage(['watch', ...args, '--kubeconfig', server.kubeconfig], {
    meanwhile: (child) => {
      const left = [...steps];
      let text = '';
      const services = server.opened('services');
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const [step] = left;
        if (step !== undefined && text.includes(step.seen)) {
          left.shift();
          text = '';
          void services.then((open) => step.act(open, child));
        }
      });
    },
  });
}

describe('watch', () => {
  test('tells what is, then what becomes different, and ends with Ctrl-C', async () => {
    const { stdout, stderr, code } = await watched(
      [],
      [
        {
          seen: ' now ',
          act: (services) =>
            services.send({ type: 'MODIFIED', object: checkout('10.4.11.10', '8') }),
        },
        { seen: 'moved', act: stop },
      ],
    );
    const lines = stdout
      .split('\n')
      .filter((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}\S/.test(line));
    expect(lines.map((line) => line.slice(22).split(' ')[0])).toEqual(['now', 'moved', 'end']);
    expect(stdout).toContain('moved  shop/checkout  none → 10.4.11.10');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /end stopped after \d+ s · 1 change · \d+ evaluations · \d+ calls, /,
    );
    expect(stderr.split('\n')[0]).toContain('MetalLB v0.15.3 in metallb-system');
    expect(code).toBe(130);
  });

  test('under -o json every line is a document, the last one says what it took', async () => {
    const { stdout, stderr, code } = await watched(
      ['-o', 'json'],
      [
        {
          seen: '"state"',
          act: (services) =>
            services.send({ type: 'MODIFIED', object: checkout('10.4.11.10', '8') }),
        },
        { seen: '"address"', act: stop },
      ],
    );
    const documents = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.flatMap((each) => faultsOfSchema('watch.v1.schema.json', each))).toEqual([]);
    expect(documents.map(({ kind }) => kind)).toEqual(['state', 'address', 'end']);
    expect(documents.at(-1)).toMatchObject({ exitCode: 130, transitions: 1 });
    expect([stderr, code]).toEqual(['', 130]);
  });

  test('says what is suppressed, and loudly what is so no more', async () => {
    const entry = {
      cause: 'pool-unadvertised',
      about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
      owner: 'network',
      reason: 'on its way',
      expires: '9999-12-31',
    };
    const lapsed = { ...entry, cause: 'pool-exhausted', expires: '2026-01-31' };
    using folder = mkdtempDisposableSync(join(tmpdir(), 'triage-watch-'));
    const file = join(folder.path, 'suppressions.yaml');
    const suppressions = [entry, lapsed];
    writeFileSync(file, JSON.stringify({ version: 'triage.suppressions/v1', suppressions }));
    const { stdout, stderr } = await watched(
      ['--suppressions', file, '-o', 'json'],
      [{ seen: '"state"', act: stop }],
    );
    const first = JSON.parse(stdout.split('\n')[0] ?? '');
    expect(faultsOfSchema('watch.v1.schema.json', first)).toEqual([]);
    expect(first).toMatchObject({ kind: 'state', suppressed: [{ owner: 'network' }] });
    expect(stderr.match(/SUPPRESSION EXPIRED on 2026-01-31/g)).toHaveLength(1);
  });

  test('a Service that is deleted and made again is news, not an error', async () => {
    const { stdout, code } = await watched(
      ['shop/checkout', '-o', 'json'],
      [
        {
          seen: '"state"',
          act: (services) => services.send({ type: 'DELETED', object: checkout(undefined, '8') }),
        },
        {
          seen: '"gone"',
          act: (services) => services.send({ type: 'ADDED', object: checkout('10.4.11.10', '9') }),
        },
        { seen: '"address"', act: stop },
      ],
    );
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds.slice(0, 3)).toEqual(['state', 'gone', 'back']);
    expect(kinds.slice(3)).toEqual(expect.arrayContaining(['address', 'end']));
    expect(code).toBe(130);
  });

  test('ends when nobody reads any more', async () => {
    const { code, stderr } = await watched(
      ['-o', 'json'],
      [
        {
          seen: '"state"',
          act: (services, child) => {
            child.stdout?.destroy();
            services.send({ type: 'MODIFIED', object: checkout('10.4.11.10', '8') });
          },
        },
      ],
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  test('says so when the calls it may make are used up, and exits 3', async () => {
    const broken = {
      path: /watch=true/,
      answer: (response: { destroy: () => void }) => response.destroy(),
    };
    api = await watchedApi([...aCluster()], [broken]);
    const args = ['watch', '-o', 'json', '--max-calls', '45', '--kubeconfig', api.kubeconfig];
    const { stdout, code } = await runTriage(args);
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ kind: 'end', exitCode: 3, receipt: { calls: 45 } });
    expect(last.says).toContain('the limit of 45 calls is reached');
    expect(code).toBe(3);
  });

  test('a name that was never there is a mistake, and one line of JSON', async () => {
    api = await watchedApi([...aCluster()]);
    const args = ['shop/checkut', '-o', 'json', '--kubeconfig', api.kubeconfig];
    const { stdout, code } = await runHere('watch', args);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const document: unknown = JSON.parse(stdout);
    expect(faultsOf(document)).toEqual([]);
    expect(document).toMatchObject({ exitCode: 2, error: { kind: 'usage' } });
    expect(code).toBe(2);
  });

  test('a recording is not for watching', async () => {
    const { code } = await runHere('watch', ['--from', 'x']);
    expect(code).toBe(2);
  });
});
