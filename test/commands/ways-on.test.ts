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
    expect(text).toContain('ping -c 3 -M do -s 1472 10.4.0.12');
  });

  test('restarting kube-proxy follows on its change, and is no other way', async () => {
    const text = await told('ipvs-without-strict-arp', 'shop/checkout');
    expect(text).toContain('then restart kube-proxy');
    expect(text).not.toContain('or then');
  });

  test('a firewall that tells of itself is named with its node and in words', async () => {
    const text = await told('firewall-on-the-node-says-so', 'shop/shelf');
    expect(text).toContain('a firewall on worker-2 says that it drops packets');
    expect(text).toContain('dropped: TCP from 10.4.0.240 to 10.4.0.200 port 80');
    expect(text.split('[UFW BLOCK]')).toHaveLength(3);
  });

  test('a look that lacked the right is not told again as it was', async () => {
    const text = await told('look-proves-little', 'shop/checkout');
    expect(text).toMatch(
      /sudo --preserve-env=HOME,KUBECONFIG env "PATH=\$PATH" triage no-traffic (?:\\ )?shop\/checkout --probe( |$)/,
    );
  });
});

test('a drill of two things says in a sentence that it takes one', async () => {
  const { code, stderr } = await runHere('drill', ['--each', '--node', 'worker-1']);
  expect(code).toBe(2);
  expect(stderr).toContain('say one of --node, --speaker, --zone, --each');
});

describe('announcers and drill', () => {
  const shown = async (command: string, ...args: readonly string[]) => {
    const { stdout, stderr } = await runHere(command, args);
    return { text: stdout.replaceAll(/\s*\\?\n\s*/g, ' '), stderr };
  };
  const at = (name: string) => `${folder}${name}/sick`;

  test('an address of nobody leads to its traffic, in the same cluster', async () => {
    const from = at('bgp-without-peer');
    const { text } = await shown('announcers', 'shop/api', '--from', from);
    expect(text).toContain('there is no BGPPeer');
    expect(text).toMatch(/next +triage no-traffic shop\/api --from=\S+bgp-without-peer\/sick/);
  });

  test('a Service that waits leads to pending', async () => {
    const { text } = await shown('announcers', 'shop/checkout', '--from', at('pool-exhausted'));
    expect(text).toMatch(/next +triage pending shop\/checkout --from=/);
  });

  test('commands in notes go to the same cluster', async () => {
    const { text } = await shown('announcers', '--from', at('pool-exhausted'));
    expect(text).toMatch(/no address yet: triage health --from=/);
  });

  test('two addresses of one Service are one Service', async () => {
    const { text } = await shown('drill', '--each', '--from', at('second-address-flaps'));
    expect(text).toContain('game/lobby');
    expect(text).not.toContain('game/lobby and');
  });

  test('drill says that -n changes nothing', async () => {
    const { stderr } = await shown('drill', '--each', '-n', 'shop', '--from', at('pool-exhausted'));
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('drill looks at all namespaces');
  });
});
