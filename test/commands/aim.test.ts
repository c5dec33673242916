import { describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';
import { serviceList, startServer } from './loopback-server.ts';

/** Every command a JSON report holds. */
function commandsIn(stdout: string): readonly string[] {
  return [...stdout.matchAll(/"((?:kubectl|triage) (?:\\.|[^"\\])*)"/g)].map(
    ([, text = '']) => text,
  );
}

/** A cluster where a Service is pending and nothing else can be seen. */
function startPoor() {
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/api/v1/services') === true) {
      response.end(JSON.stringify(serviceList(undefined)));
      return;
    }
    const status = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' };
    response.writeHead(403).end(JSON.stringify(status));
  });
}

describe('printed commands go to the cluster that was asked', () => {
  test.each(['json', 'yaml', 'text', 'wide', 'markdown'])('under -o %s', async (format) => {
    await using server = await startPoor();
    const where = ['--kubeconfig', server.kubeconfig, '--context', 'slow', '--as', 'eve'];
    const { stdout } = await runHere('pending', ['shop/checkout', '-o', format, ...where]);
    const text = stdout.replaceAll(/ \\\n +/g, ' ');
    const flags = `--kubeconfig=${server.kubeconfig} --context=slow --as=eve`;
    const kubectls = text.match(/kubectl (?=[-a-z])[^\n]*/g) ?? [];
    expect(kubectls.length).toBeGreaterThan(0);
    expect(kubectls.filter((line) => !line.startsWith(`kubectl ${flags} `))).toEqual([]);
  });

  test('a failure, too, offers commands that ask the same recording', async () => {
    const dump = 'test/incidents/pool-exhausted/sick';
    const { stderr } = await runHere('pending', ['shop/chekout', '--from', dump]);
    expect(stderr).toContain(`triage pending shop/checkout --from=${dump}`);
  });

  test('of a recording triage is told the path, and kubectl nothing', async () => {
    const dump = 'test/incidents/one-pool-full-health/sick';
    const { stdout } = await runHere('health', ['--from', dump, '-o', 'json']);
    const commands = commandsIn(stdout);
    const questions = commands.filter((command) => /^triage (?:pending|health)/.test(command));
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.filter((command) => !command.endsWith(` --from=${dump}`))).toEqual([]);
    expect(commands.filter((command) => command.startsWith('kubectl --'))).toEqual([]);
  });
});
