import { wireMethods, type PortAttempt, type WireLook } from '../../facts/wire.ts';
import { asRaw, filledText, flag, inner, number, present, raws, text, texts } from './fields.ts';
import type { Raw } from './fields.ts';

/** A look at the wire as a snapshot holds it. */
export function parseWireLook(value: unknown): WireLook {
  const raw = asRaw(value);
  return {
    address: text(raw, 'address') ?? '',
    at: text(raw, 'at') ?? '',
    from: parseVantage(inner(raw, 'from')),
    method: wireMethods.find((each) => each === raw['method']) ?? 'neighbours',
    windowMs: number(raw, 'windowMs') ?? 0,
    asked: number(raw, 'asked') ?? 0,
    answers: raws(raw, 'answers').map((answer) => ({
      mac: text(answer, 'mac') ?? '',
      count: number(answer, 'count') ?? 0,
      firstMs: number(answer, 'firstMs') ?? 0,
      lastMs: number(answer, 'lastMs') ?? 0,
      unasked: flag(answer, 'unasked') ?? false,
    })),
    neighbours: raws(raw, 'neighbours').map((each) => ({
      address: text(each, 'address') ?? '',
      mac: text(each, 'mac') ?? '',
    })),
    ports: raws(raw, 'ports').map(parsePortAttempt),
    unseen: texts(raw, 'unseen'),
  };
}

function parseVantage(raw: Raw): WireLook['from'] {
  return present({
    host: text(raw, 'host') ?? '',
    node: filledText(raw, 'node'),
    interface: text(raw, 'interface') ?? '',
    mac: text(raw, 'mac') ?? '',
    addresses: texts(raw, 'addresses'),
  });
}

const protocols = ['TCP', 'UDP', 'HTTP', 'HTTPS'] as const;
const outcomes = ['open', 'refused', 'timeout', 'unreachable', 'reset', 'error'] as const;

function parsePortAttempt(raw: Raw): PortAttempt {
  return present({
    protocol: protocols.find((each) => each === raw['protocol']) ?? 'TCP',
    port: number(raw, 'port') ?? 0,
    outcome: outcomes.find((each) => each === raw['outcome']) ?? 'error',
    ms: number(raw, 'ms') ?? 0,
    says: filledText(raw, 'says'),
  });
}
