import { describe, expect, test } from 'vitest';
import { runAtTerminal } from './at-terminal.ts';
import { runTriage } from './child-process.ts';
import { serviceList, startServer } from './loopback-server.ts';

const none = JSON.stringify({ kind: 'Status', code: 404, reason: 'NotFound', message: 'not here' });

/** The Service has its address from this look on. */
function serverWithAddressAt(look: number) {
  let looks = 0;
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/api/v1/services') !== true) {
      response.writeHead(404).end(none);
      return;
    }
    looks += 1;
    response.end(JSON.stringify(serviceList(looks < look ? undefined : '10.4.11.12')));
  });
}

describe('--wait', () => {
  test('looks a second time however short it is', async () => {
    await using server = await serverWithAddressAt(2);
    const args = ['pending', 'shop/checkout', '--wait=1s', '--kubeconfig', server.kubeconfig];
    const { stdout, code } = await runTriage(args);
    expect(stdout).toContain('10.4.11.12');
    expect(code).toBe(0);
  });

  test('asks which Service once, however often it looks', async () => {
    await using server = await serverWithAddressAt(3);
    const { text, code } = await runAtTerminal(
      ['pending', '--wait=30s', '--kubeconfig', server.kubeconfig],
      {
        presses: [
          { seen: 'Which Service?', keys: 'check' },
          { seen: 'Which Service? check', keys: '\r' },
        ],
      },
    );
    expect(text).toContain('10.4.11.12');
    expect(code).toBe(0);
  });
});
