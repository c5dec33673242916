import { foreign } from './pod-script.ts';
import type { PortAttempt, PortOutcome } from '../../facts/wire.ts';

/** Some lines, and what they are about. */
export interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What nc said of a port, if this part is about one. */
export function attemptIn({ title, lines }: Said): readonly PortAttempt[] {
  const [, protocol, port] = /^port (TCP|HTTP) (\d+)$/.exec(title) ?? [];
  if (port === undefined) {
    return [];
  }
  const sent = lines.find((line) => line.startsWith(foreign)) ?? '';
  const own = lines.filter((line) => !line.startsWith(foreign));
  const words = own.join('\n');
  const code = /^HTTP\/\S+ (\d{3})/.exec(sent.slice(foreign.length))?.[1];
  const isHttp = protocol === 'HTTP';
  const isOpen = isHttp ? code !== undefined : /^exit 0$/m.test(words);
  // whoever connects and hears nothing waits in vain
  const silence =
    isHttp && lines.every((line) => /^(?:exit \d+)?$/.test(line)) ? 'timeout' : 'error';
  const outcome = isOpen ? 'open' : (outcomes.find(([like]) => like.test(words))?.[1] ?? silence);
  const said = code === undefined ? own.find((line) => /^(nc|wget): /.test(line)) : `HTTP ${code}`;
  return [
    {
      protocol: isHttp ? 'HTTP' : 'TCP',
      port: Number(port),
      outcome,
      ms: 0,
      ...(said === undefined ? {} : { says: said }),
    },
  ];
}

/** What triage tried goes before the same by other tools. */
export function together(
  own: readonly PortAttempt[],
  others: readonly PortAttempt[],
): readonly PortAttempt[] {
  const isOwn = ({ protocol, port }: PortAttempt) =>
    own.some((each) => each.protocol === protocol && each.port === port);
  return [...own, ...others.filter((each) => !isOwn(each))];
}

const outcomes: readonly (readonly [RegExp, PortOutcome])[] = [
  [/refused/i, 'refused'],
  [/timed? ?out/i, 'timeout'],
  [/no route|unreachable/i, 'unreachable'],
  [/reset/i, 'reset'],
];
