import {
  wireGaps,
  wireMethods,
  type PortAttempt,
  type WireAnswer,
  type WireLook,
  type WireReach,
} from '../../facts/wire.ts';
import { subnetsOfHost } from '../../facts/subnets-of-host.ts';
import { asRaw, filledText, flag, inner, number, present, raws, text, texts } from './fields.ts';
import type { Raw } from './fields.ts';

/** A look at the wire as a snapshot holds it. */
export function parseWireLook(value: unknown): WireLook {
  const raw = asRaw(value);
  return present({
    address: text(raw, 'address') ?? '',
    at: text(raw, 'at') ?? '',
    from: parseVantage(inner(raw, 'from')),
    method: wireMethods.find((each) => each === raw['method']) ?? 'neighbours',
    withoutSocket: socketReasons.find((each) => each === raw['withoutSocket']),
    reach: parseReach(inner(raw, 'reach')),
    windowMs: number(raw, 'windowMs') ?? 0,
    asked: number(raw, 'asked') ?? 0,
    answers: raws(raw, 'answers').map(parseAnswer),
    notKept: number(raw, 'notKept'),
    probers: raw['probers'] === undefined ? undefined : texts(raw, 'probers'),
    ignored:
      raw['ignored'] === undefined
        ? undefined
        : raws(raw, 'ignored').map((each) => ({
            why: text(each, 'why') ?? '',
            count: number(each, 'count') ?? 0,
          })),
    gaps: raw['gaps'] === undefined ? undefined : gapsIn(raw),
    neighbours: raws(raw, 'neighbours').map((each) => ({
      address: text(each, 'address') ?? '',
      mac: text(each, 'mac') ?? '',
    })),
    ports: raws(raw, 'ports').map(parsePortAttempt),
    unseen: texts(raw, 'unseen'),
  });
}

function gapsIn(raw: Raw): WireLook['gaps'] {
  const told = texts(raw, 'gaps');
  return wireGaps.filter((each) => told.includes(each));
}

const socketReasons = ['no-right', 'not-here', 'failed'] as const;

function parseReach(raw: Raw): WireReach | undefined {
  switch (raw['kind']) {
    case 'on-link':
    case 'unroutable':
      return { kind: raw['kind'] };
    case 'routed':
      return { kind: 'routed', gateway: text(raw, 'gateway') ?? '' };
    case 'own':
      return { kind: 'own', interface: text(raw, 'interface') ?? '' };
    default:
      return undefined;
  }
}

function parseAnswer(raw: Raw): WireAnswer {
  return present({
    mac: text(raw, 'mac') ?? '',
    count: number(raw, 'count') ?? 0,
    firstMs: number(raw, 'firstMs') ?? 0,
    lastMs: number(raw, 'lastMs') ?? 0,
    unasked: flag(raw, 'unasked') ?? false,
    sentBy: filledText(raw, 'sentBy'),
    askedAlone: (['answered', 'silent'] as const).find((each) => each === raw['askedAlone']),
    isTwice: flag(raw, 'isTwice') === true ? true : undefined,
  });
}

function parseVantage(raw: Raw): WireLook['from'] {
  return present({
    host: text(raw, 'host') ?? '',
    node: filledText(raw, 'node'),
    interface: text(raw, 'interface') ?? '',
    mac: text(raw, 'mac') ?? '',
    why: filledText(raw, 'why'),
    addresses: texts(raw, 'addresses'),
    interfaces: raw['interfaces'] === undefined ? undefined : interfacesIn(raw),
  });
}

function interfacesIn(raw: Raw): WireLook['from']['interfaces'] {
  return subnetsOfHost(
    raws(raw, 'interfaces').map((each) => ({
      name: text(each, 'name') ?? '',
      addresses: texts(each, 'addresses'),
    })),
  );
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
