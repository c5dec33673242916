import type { PortAttempt, WireAnswer, WireLook } from '../../src/core/facts/wire.ts';

/** The Ethernet addresses of the nodes n1, n2 and n3 of every built snapshot, and of somebody else. */
export const macs = {
  n1: '02:00:00:00:00:01',
  n2: '02:00:00:00:00:02',
  n3: '02:00:00:00:00:03',
  stranger: '52:54:00:ab:cd:ef',
} as const;

/** A look from a laptop in the segment of the nodes, in which all nodes answered for themselves. */
export function aLook(address: string, more: Partial<WireLook> = {}): WireLook {
  return {
    address,
    at: '2026-03-14T03:12:30Z',
    from: {
      host: 'laptop',
      interface: 'eth0',
      mac: '02:00:00:00:00:c8',
      addresses: ['10.0.0.200/24'],
    },
    method: 'arp',
    reach: { kind: 'on-link' },
    windowMs: 1_000,
    asked: 3,
    answers: [],
    neighbours: [1, 2, 3].map((each) => ({
      address: `10.0.0.${each}`,
      mac: `02:00:00:00:00:0${each}`,
    })),
    ports: [],
    unseen: [],
    ...more,
  };
}

/** An answer to each of three questions. */
export function anAnswer(mac: string, more: Partial<WireAnswer> = {}): WireAnswer {
  return { mac, count: 3, firstMs: 1, lastMs: 401, unasked: false, ...more };
}

/** An attempt at a TCP port, unless said otherwise. */
export function anAttempt(
  port: number,
  outcome: PortAttempt['outcome'],
  more: Partial<PortAttempt> = {},
): PortAttempt {
  return { protocol: 'TCP', port, outcome, ms: 2, ...more };
}
