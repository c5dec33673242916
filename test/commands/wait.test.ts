import { describe, expect, test } from 'vitest';
import { runTriage } from './child-process.ts';
import { serviceList, startServer } from './loopback-server.ts';

const none = JSON.stringify({ kind: 'Status', code: 404, reason: 'NotFound', message: 'not here' });

/** Everything but Services is not served here; the Service gets its address at the second look. */
function serverWithAddressAt(look: number) {
  let looks = 0;
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/api/v1/services') === true) {
      looks += 1;
      response.end(JSON.stringify(serviceList(looks < look ? undefined : '10.4.11.12')));
      return;
    }
    response.writeHead(404).end(none);
  });
}

describe('--wait', () => {
  test('looks again until the Service has its address, telling so on stderr', async () => {
    await using server = await serverWithAddressAt(3);
    const args = ['pending', 'shop/checkout', '--wait=1m', '--kubeconfig', server.kubeconfig];
    const { stdout, stderr, code } = await runTriage(args);
    expect(stdout).toContain('10.4.11.12');
    expect(stderr.match(/^why shop\/checkout|^shop\/checkout is pending/gm)?.length).toBe(1);
    expect(code).toBe(0);
  });

  test('gives up when the time is over, with the answer of the last look', async () => {
    await using server = await serverWithAddressAt(99);
    const args = ['pending', 'shop/checkout', '--wait=3s', '--kubeconfig', server.kubeconfig];
    const { stdout, code } = await runTriage([...args, '-o', 'json']);
    const { exitCode } = JSON.parse(stdout) as { readonly exitCode: number };
    expect(exitCode).not.toBe(0);
    expect(code).toBe(exitCode);
  });

  test('Ctrl-C between two looks tells what the last one saw', async () => {
    await using server = await serverWithAddressAt(99);
    const args = ['pending', 'shop/checkout', '--wait', '--kubeconfig', server.kubeconfig];
    const { stdout, code } = await runTriage(args, {
      meanwhile: (child) =>
        child.stderr?.on('data', (chunk: Buffer) => {
          if (chunk.includes('is pending')) {
            child.kill('SIGINT');
          }
        }),
    });
    expect(stdout).toContain('shop/checkout is pending');
    expect(code).toBe(130);
  });
});
