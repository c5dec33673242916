import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { WatchLine } from '../../src/core/facts/transitions.ts';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { runTriage, triageCommand } from '../testbed/triage.ts';
import { eventually } from '../testbed/waiting.ts';

const LAN = (addresses: string): string => `
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: lan, namespace: metallb-system }
spec: { addresses: ['${addresses}'] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: lan, namespace: metallb-system }
spec: { ipAddressPools: [lan] }
`;

const SERVICE = (name: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default }
spec: { type: LoadBalancer, selector: { app: ${name} }, ports: [{ port: 80 }] }
`;

type Line = WatchLine & { readonly at: string };

let lab: Lab;
let kubeconfig: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  lab = await startLab({ metallb: 'v0.15.3', nodes: 1 });
  const roles = await runTriage(['rbac', '--watch', '--user', 'oncall']);
  expect(roles.code, roles.stderr).toBe(0);
  kubeconfig = await lab.restrictedUser('oncall', roles.stdout);
  await lab.apply(LAN('192.0.2.100/32'));
});

afterEach(() => {
  child?.kill('SIGKILL');
});

afterAll(async () => {
  await lab.stop();
});

describe('watching a real cluster with no more rights than rbac --watch prints', () => {
  test('tells that a Service got its address, that another waits, and that it waits no more', async () => {
    const watch = watching([]);
    await watch.until('state');
    await lab.apply(SERVICE('first'));
    expect(await watch.until('address')).toMatchObject({ before: [], after: ['192.0.2.100'] });
    await lab.apply(SERVICE('second'));
    const came = await watch.until('came', 'pool-exhausted');
    expect(came).toMatchObject({ cause: { severity: 'error' } });
    await lab.kubectl(['delete', 'service', 'first']);
    await watch.until('went', 'pool-exhausted');
    const end = await watch.stop();
    expect(end).toMatchObject({ kind: 'end', exitCode: 130 });
    expect(watch.lines().filter(({ kind }) => kind === 'trouble')).toEqual([]);
    await lab.kubectl(['delete', 'service', 'second']);
  });

  test('goes on after a restart of the API server, which knows no old versions any more', async () => {
    const watch = watching([]);
    await watch.until('state');
    await lab.restart('kube-apiserver');
    await lab.apply(SERVICE('third'));
    expect(await watch.until('address')).toMatchObject({ after: ['192.0.2.100'] });
    const end = await watch.stop();
    expect(end).toMatchObject({ exitCode: 130 });
    await lab.kubectl(['delete', 'service', 'third']);
  });

  test('one Service: nothing of the others, and its end and return', async () => {
    await lab.apply(SERVICE('mine'));
    await untilAddressed('mine');
    const watch = watching(['default/mine']);
    expect(await watch.until('state')).toMatchObject({ outcome: 'healthy' });
    await lab.apply(SERVICE('other'));
    await lab.kubectl(['delete', 'service', 'mine']);
    await watch.until('gone');
    // else it might get the address back itself
    await untilAddressed('other');
    await lab.apply(SERVICE('mine'));
    await watch.until('back');
    await watch.until('came', 'pool-exhausted');
    await watch.stop();
    expect(JSON.stringify(watch.lines())).not.toContain('"name":"other"');
  });
});

async function untilAddressed(name: string): Promise<void> {
  await eventually(`the address of ${name}`, async () => {
    const { stdout } = await lab.kubectl(['get', 'service', name]);
    return stdout.includes('192.0.2.100') ? true : undefined;
  });
}

/** A watcher of its own, its lines as they come. */
function watching(words: readonly string[]) {
  const { program, environment } = triageCommand({ kubeconfig });
  const started = spawn(process.execPath, [program, 'watch', ...words, '-o', 'json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let text = '';
  let complaints = '';
  started.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  started.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  const lines = (): readonly Line[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  let told = 0;
  return {
    lines,
    /** The next line of this kind, and of this cause where one is named. */
    until: (kind: WatchLine['kind'], cause?: string): Promise<Line> =>
      eventually(`a line "${kind} ${cause ?? ''}" after ${text}${complaints}`, async () => {
        const index = lines().findIndex(
          (line, place) =>
            place >= told &&
            line.kind === kind &&
            (cause === undefined || ('cause' in line && line.cause.cause === cause)),
        );
        told = index < 0 ? told : index + 1;
        return lines()[index];
      }),
    stop: async (): Promise<Line | undefined> => {
      const closed = once(started, 'close');
      started.kill('SIGINT');
      await closed;
      return lines().at(-1);
    },
  };
}
