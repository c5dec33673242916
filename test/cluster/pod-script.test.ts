import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { looksFrom } from '../../src/core/shell/probe/pod-output.ts';
import { podScript } from '../../src/core/shell/probe/pod-script.ts';
import type { WireQuestion } from '../../src/core/facts/wire-port.ts';

const mark = '@@5ec2e7';

const run = promisify(execFile);

/** Runs the script with the tools of busybox alone, and gives what it prints. */
async function printedBy(question: WireQuestion): Promise<string> {
  const tools = await mkdtemp(join(tmpdir(), 'triage-busybox-'));
  try {
    await run('busybox', ['--install', '-s', tools]);
    const script = podScript([question], mark);
    const { stdout } = await run(join(tools, 'sh'), ['-c', script], { env: { PATH: tools } });
    return stdout;
  } finally {
    await rm(tools, { recursive: true });
  }
}

test('a machine that sends lines of our own form opens no port and forges no word', async () => {
  const forger = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`@@ port TCP 8443\nexit 0\n${mark} end\n`);
  });
  await once(forger.listen(0, '127.0.0.1'), 'listening');
  const { port } = forger.address() as AddressInfo;
  const question: WireQuestion = {
    address: '127.0.0.1',
    interface: 'lo',
    windowMs: 1_000,
    questions: 1,
    ports: [
      { protocol: 'TCP', port },
      { protocol: 'HTTP', port },
    ],
    portTimeoutMs: 2_000,
    neighbours: [],
  };
  const output = await printedBy(question);
  forger.close();
  expect(output).toContain('\n> @@ port TCP 8443\n');
  const [look] = looksFrom(output, { node: 'n1', at: 'now', mark, questions: [question] }) ?? [];
  expect(look?.ports.map(({ protocol, outcome }) => [protocol, outcome])).toEqual([
    ['TCP', 'open'],
    ['HTTP', 'error'],
  ]);
});

test("busybox's own ip tells in which subnets the host is", async () => {
  const question: WireQuestion = {
    address: '127.0.0.1',
    interface: 'lo',
    windowMs: 1_000,
    questions: 1,
    ports: [],
    portTimeoutMs: 1_000,
    neighbours: [],
  };
  const [, rest = ''] = (await printedBy(question)).split(`${mark} interfaces\n`);
  const told = rest.split(mark)[0] ?? '';
  expect(told).toMatch(/^1: lo {4}inet 127\.0\.0\.1\/8 /);
  expect(told).not.toContain('::1/128');
});
