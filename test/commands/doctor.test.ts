import { describe, expect, test } from 'vitest';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';
import { startServer, startSlowServer } from './loopback-server.ts';

const recorded = ['--from', 'test/incidents/pool-exhausted/sick'];

/** Serves nothing, refuses this path, and knows the caller by this name. */
function startDenying(path: string, username: string | undefined) {
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (username !== undefined && request.url?.includes('selfsubjectreviews') === true) {
      response.end(JSON.stringify({ status: { userInfo: { username } } }));
      return;
    }
    const isDenied = request.url?.startsWith(path) === true;
    const code = isDenied ? 403 : 404;
    const reason = isDenied ? 'Forbidden' : 'NotFound';
    response.writeHead(code);
    response.end(JSON.stringify({ kind: 'Status', code, reason, message: reason }));
  });
}

describe('doctor', () => {
  test('says what works, a line each, and exits 0', async () => {
    const { stdout, code } = await runHere('doctor', recorded);
    expect(stdout).toContain('ok      services: 15 recorded');
    expect(stdout).toContain('MetalLB v0.15.3 in metallb-system');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('everything works from here');
    expect(code).toBe(0);
  });

  test('what a dump does not hold is not known, and exits 3', async () => {
    const { stdout, code } = await runHere('doctor', [
      '--from',
      'test/incidents/pool-exhausted-partial-dump/sick',
    ]);
    expect(stdout).toContain(
      'LIMITED nodes: the dump holds no nodes\n            kubectl get nodes',
    );
    expect(stdout).not.toContain('try again');
    expect(code).toBe(3);
  });

  test('without a kubeconfig it says how to name one, and exits 2', async () => {
    const { stdout, code } = await runTriage(['doctor'], { env: { HOME: '/nonexistent' } });
    expect(stdout).toContain('FAILS   kubeconfig: no kubeconfig found');
    expect(stdout).toContain('--kubeconfig');
    expect(code).toBe(2);
  });

  test.each([
    ['a user', 'oncall@example.org', '--user=oncall@example.org'],
    ['a service account', 'system:serviceaccount:ops:triage', '--serviceaccount=ops:triage'],
  ])(
    'a missing right is named, with the way to give it to %s that the server knows',
    async (_, username, flag) => {
      await using server = await startDenying('/api/v1/nodes', username);
      const { kubeconfig } = server;
      const { stdout, code } = await runHere('doctor', ['--kubeconfig', kubeconfig, '--as', 'x']);
      const text = stdout.replaceAll(/ \\\n +/g, ' ').replaceAll(/\s+/g, ' ');
      expect(text).toContain('FAILS list nodes: not allowed in all namespaces');
      expect(text).toContain(`triage rbac ${flag} | kubectl --kubeconfig=${kubeconfig} apply -f -`);
      expect(text).toContain('FAILS get pods/log: not tried');
      expect(text).toContain('MetalLB: no installation found');
      expect(code).toBe(3);
    },
  );

  test('a name that only the kubeconfig gives is not taken for a user of the cluster', async () => {
    await using server = await startDenying('/api/v1/nodes', undefined);
    const { stdout } = await runHere('doctor', ['--kubeconfig', server.kubeconfig]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain("as oncall (the kubeconfig's name)");
    expect(stdout).toContain('auth whoami');
    expect(stdout).not.toContain('--user');
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
