import { expect, test } from 'vitest';
import { waysToRawSockets } from '../../../src/arp/socket/raw-socket-rights.ts';

const command = 'triage arp 192.0.2.9';

test('a person is told the commands with the Node that runs, and what the lasting way means', () => {
  const ways = waysToRawSockets({ uid: 1000, gid: 1001, node: "/opt/my node/bin/node's", command });
  expect(ways.map(({ command: told }) => told).filter((told) => told !== undefined)).toEqual([
    'sudo env "PATH=$PATH" triage arp 192.0.2.9',
    'sudo setpriv --reuid 1000 --regid 1001 --init-groups --inh-caps +net_raw --ambient-caps +net_raw env "PATH=$PATH" triage arp 192.0.2.9',
    `sudo setcap cap_net_raw+ep '/opt/my node/bin/node'\\''s'`,
  ]);
  const said = ways.map(({ says }) => says).join('\n');
  expect(said).toContain('every script of everybody');
  expect(said).toContain('AmbientCapabilities=CAP_NET_RAW');
  expect(said).toContain('securityContext.capabilities.add [NET_RAW]');
});

test('root is told of containers, not of sudo', () => {
  const said = JSON.stringify(waysToRawSockets({ uid: 0, gid: 0, node: '/usr/bin/node', command }));
  expect(said).toContain('--cap-add NET_RAW');
  expect(said).not.toContain('sudo');
});
