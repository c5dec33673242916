import { describe, expect, test } from 'vitest';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';
import { startServer, startSlowServer } from './loopback-server.ts';

const recorded = ['--from', 'test/incidents/pool-exhausted/sick'];

describe('doctor', () => {
  test('says what works, a line each, and exits 0', async () => {
    const { stdout, code } = await runHere('doctor', recorded);
    expect(stdout).toContain('ok      list services: 15 read');
    expect(stdout).toContain('MetalLB v0.15.3 in metallb-system');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('everything works from here');
    expect(code).toBe(0);
  });

  test('what a dump does not hold is not known, and exits 3', async () => {
    const { stdout, code } = await runHere('doctor', [
      '--from',
      'test/incidents/pool-exhausted-partial-dump/sick',
    ]);
    expect(stdout).toContain('FAILS');
    expect(code).toBe(3);
  });

  test('without a kubeconfig it says how to name one, and exits 2', async () => {
    const { stdout, code } = await runTriage(['doctor'], { env: { HOME: '/nonexistent' } });
    expect(stdout).toContain('FAILS   kubeconfig: no kubeconfig found');
    expect(stdout).toContain('--kubeconfig');
    expect(code).toBe(2);
  });

  test('a missing right is named, with the way to get it, and exits 3', async () => {
    await using server = await startServer((request, response) => {
      const isDenied = request.url?.startsWith('/api/v1/nodes') === true;
      const code = isDenied ? 403 : 404;
      const reason = isDenied ? 'Forbidden' : 'NotFound';
      response.writeHead(code, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ kind: 'Status', code, reason, message: reason }));
    });
    const { stdout, code } = await runHere('doctor', ['--kubeconfig', server.kubeconfig]);
    expect(stdout).toContain('FAILS   list nodes: not allowed in all namespaces');
    expect(stdout).toContain('triage rbac --user oncall | kubectl apply -f -');
    expect(stdout).toContain('MetalLB: no installation found');
    expect(code).toBe(3);
  });

  test('Ctrl-C ends it with what is known and 130', async () => {
    await using server = await startSlowServer();
    const { stdout, code } = await runTriage(['doctor', '--kubeconfig', server.kubeconfig], {
      meanwhile: (child) => void server.stuck.then(() => child.kill('SIGINT')),
    });
    expect(stdout).toContain('list services: 1 read');
    expect(code).toBe(130);
  });
});
