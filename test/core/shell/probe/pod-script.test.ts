import { expect, test } from 'vitest';
import { longestMs, podScript } from '../../../../src/core/shell/probe/pod-script.ts';
import type { WireQuestion } from '../../../../src/core/facts/wire-port.ts';

const question: WireQuestion = {
  address: '2001:db8::9',
  interface: undefined,
  windowMs: 2_000,
  questions: 3,
  ports: [{ protocol: 'HTTP', port: 80, path: '/healthz' }],
  portTimeoutMs: 4_000,
  neighbours: [],
};

test('a host in a request is an IPv6 address in brackets, or an IPv4 address without', () => {
  const hostIn = (address: string) =>
    /Host: .* (\S+) (\S+); sleep 1/.exec(podScript([{ ...question, address }], '@@'))?.slice(1);
  expect(hostIn('2001:db8::9')).toEqual(['/healthz', "'[2001:db8::9]'"]);
  expect(hostIn('192.0.2.9')).toEqual(['/healthz', '192.0.2.9']);
});

test('ports are tried by triage, a few at a time, and by nc, one by one: the time allowed has room for both', () => {
  const ports = Array.from({ length: 32 }, (_, index) => ({
    protocol: 'TCP' as const,
    port: 8_000 + index,
  }));
  const more = longestMs({ ...question, ports }) - longestMs({ ...question, ports: [] });
  expect(more).toBe(4 * 4_000 + 32 * 5_000);
});
