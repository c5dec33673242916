import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));

async function told(incident: string, service: string, ...more: readonly string[]) {
  const from = `${folder}${incident}/sick`;
  const { stdout } = await runHere('no-traffic', [service, '--from', from, ...more]);
  return stdout.replaceAll(/\s*\n\s*/g, ' ');
}

describe('what an answer tells to do next', () => {
  test('a speaker that cannot reach another is tried from its own node', async () => {
    const text = await told('memberlist-split', 'shop/checkout');
    expect(text).toMatch(/nc -vz -w 3 10\.4\.0\.12 7946\s+# on worker-1/);
    expect(text).not.toContain('\\n');
    expect(text.split('Failed to join')).toHaveLength(2);
  });

  test('large packets go to the node that answered', async () => {
    const text = await told('answers-lost', 'shop/checkout');
    expect(text).toContain(
      'but 10.4.11.11 port 80 is open, and a request to it gets no answer, seen from jump-1',
    );
    expect(text).toContain('ping -M do -s 1472 10.4.0.12');
  });

  test('restarting kube-proxy follows on its change, and is no other way', async () => {
    const text = await told('ipvs-without-strict-arp', 'shop/checkout');
    expect(text).toContain('then restart kube-proxy');
    expect(text).not.toContain('or then');
  });

  test('a look that lacked the right is not told again as it was', async () => {
    const text = await told('look-proves-little', 'shop/checkout');
    expect(text).toMatch(/sudo triage no-traffic shop\/checkout --probe( |$)/);
  });
});

test('a drill of two things says in a sentence that it takes one', async () => {
  const { code, stderr } = await runHere('drill', ['--each', '--node', 'worker-1']);
  expect(code).toBe(2);
  expect(stderr).toContain('say one of --node, --speaker, --zone, --each');
});
