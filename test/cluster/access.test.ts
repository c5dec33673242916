import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { makeAuthority } from '../testbed/certificates.ts';
import type { CommandResult } from '../testbed/command.ts';
import type { FaultProxy } from '../testbed/fault-proxy.ts';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import { writeKubeconfig } from '../testbed/kubeconfig.ts';
import { proxyBefore } from '../testbed/scenario-proxy.ts';
import { startScenario } from '../testbed/scenario.ts';
import type { ScenarioServer } from '../testbed/scenario.ts';
import { runTriage, triageCommand } from '../testbed/triage.ts';
import { eventually } from '../testbed/waiting.ts';
import { reportOf } from './answers.ts';

const PENDING = ['pending', 'shop/checkout', '-o', 'json'];

let server: ScenarioServer;
let proxy: FaultProxy;

beforeAll(async () => {
  const incident = await incidentNamed('pool-exhausted');
  const directory = join(incident.directory, 'sick');
  const version = versionOf(incident, 'sick');
  ({ server } = await startScenario({ directory, at: incident.at, version }));
  proxy = await proxyBefore(server);
});

afterEach(() => proxy.setRules([]));

afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

describe('a server that does not let us in', () => {
  test('an expired certificate is named as such', async () => {
    const limits = { endsAt: '20210101000000Z' };
    const kubeconfig = await server.controlPlane.clientCertificate('late', [], limits);
    const { code, error } = errorOf(await runTriage(PENDING, { kubeconfig }));
    expect(code).toBe(2);
    expect(error.message).toMatch(/expired/);
  });

  test('a server of another authority is not believed', async () => {
    const stranger = await makeAuthority(join(server.bed.folder, 'stranger'));
    const kubeconfig = await writeKubeconfig(join(server.bed.folder, 'stranger.kubeconfig'), {
      server: server.controlPlane.server,
      authority: stranger.certificate,
      user: 'admin',
      ...server.controlPlane.administrator,
    });
    const { code, error } = errorOf(await runTriage(PENDING, { kubeconfig }));
    expect(code).toBe(2);
    expect(error.message).toMatch(/certificate/);
  });

  test('a wrong token is a 401, with the user it was for', async () => {
    const config = parse(await readFile(server.controlPlane.kubeconfig, 'utf8')) as object;
    const users = [{ name: 'admin', user: { token: 'wrong' } }];
    const kubeconfig = join(server.bed.folder, 'token.kubeconfig');
    await writeFile(kubeconfig, stringify({ ...config, users }));
    const { code, error } = errorOf(await runTriage(PENDING, { kubeconfig }));
    expect(code).toBe(2);
    expect(error.message).toMatch(/401|log in|logged in/);
  });

  test('a port where nobody listens is told within a few seconds', async () => {
    const started = await msOf(() => runTriage(['--version']));
    const config = await readFile(server.controlPlane.kubeconfig, 'utf8');
    const kubeconfig = join(server.bed.folder, 'closed.kubeconfig');
    await writeFile(kubeconfig, config.replace(':6443', ':6444'));
    let run: CommandResult | undefined;
    const told = await msOf(async () => {
      run = await runTriage(PENDING, { kubeconfig });
    });
    expect(run && errorOf(run)).toMatchObject({
      code: 2,
      error: { message: expect.stringContaining(':6444') },
    });
    // on a busy machine the start alone takes seconds
    expect(told).toBeLessThan(5_000 + 2 * started);
  });
});

describe('a run that is cut short', () => {
  test('Ctrl-C still prints one document of what was known, and exits 130', async () => {
    proxy.setRules([{ path: /\/log\?/, fault: { kind: 'delay', ms: 20_000 } }]);
    proxy.forget();
    const { program, environment } = triageCommand({ kubeconfig: proxy.kubeconfig });
    const child = spawn(process.execPath, [program, ...PENDING], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    const printed = Promise.all([text(child.stdout), text(child.stderr)]);
    await eventually('the Services to be read', () => seen(/\/services\?/), { everyMs: 20 });
    await eventually('the pools to be read', () => seen(/\/pods\?/), { everyMs: 20 });
    child.kill('SIGINT');
    const [code] = (await ended) as [number | null];
    const [stdout, stderr] = await printed;
    const report = reportOf({ code: code ?? -1, stdout, stderr });
    expect(report).toMatchObject({ interrupted: true, exitCode: 130 });
    expect(code).toBe(130);
  });

  test('a time-out of the whole command leaves what was not read unknown', async () => {
    proxy.setRules([{ path: /\/services\?/, fault: { kind: 'delay', ms: 60_000 } }]);
    const run = await runTriage(['health', '-o', 'json', '--timeout', '8s'], {
      kubeconfig: proxy.kubeconfig,
    });
    expect(run.code).toBe(3);
    expect(reportOf(run).diagnosis.unknowns.map(({ fact }) => fact)).toContain('services');
  });

  test('a limit of calls is kept, and the flag that raises it is named', async () => {
    proxy.forget();
    const run = await runTriage(['health', '-o', 'json', '--max-calls', '9'], {
      kubeconfig: proxy.kubeconfig,
    });
    expect(proxy.requests().length).toBeLessThanOrEqual(9);
    expect([2, 3]).toContain(run.code);
    expect(run.stdout).toContain('--max-calls');
  });
});

interface ErrorAnswer {
  readonly code: number;
  readonly error: { readonly kind: string; readonly message: string };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function errorOf({ code, stdout }: CommandResult): ErrorAnswer {
  const { error } = JSON.parse(stdout) as ErrorAnswer;
  return { code, error };
}

function seen(path: RegExp): Promise<true | undefined> {
  return Promise.resolve(proxy.requests().some((record) => path.test(record.path)) || undefined);
}
