import { UsageError } from '../core/facts/errors.ts';
import { portsAtOnce, type WireProber, type WireQuestion } from '../core/facts/wire-port.ts';
import { subnetsOfHost } from '../core/facts/subnets-of-host.ts';
import type { PortAttempt, WireLook, WireNeighbour, WireVantage } from '../core/facts/wire.ts';
import { familyOf, type IpAddress } from '../core/facts/ip.ts';
import { askedAddress } from './look/asked-address.ts';
import type { WireClock } from './look/clock.ts';
import { facing, refuseNetwork, type Facing } from './host/facing.ts';
import type { HostAddress, HostInterface, HostPort, KernelNeighbour } from './host/host-port.ts';
import { lookWithKernel } from './host/kernel-look.ts';
import type { LinkRefusal, OpenLink } from './link-port.ts';
import { openSession } from './look/open-session.ts';
import type { PortTrial } from './look/ports.ts';

/** What a look is made with. */
export interface ProberParts {
  readonly host: HostPort;
  readonly openLink: OpenLink;
  readonly clock: WireClock;
  readonly tryPort: (trial: PortTrial, signal: AbortSignal) => Promise<PortAttempt>;
  /** Listens to an IPv6 group on an interface until what it gives is called. */
  readonly joinGroup: (group: string, name: string) => () => void;
  /** Makes the kernel ask who has the address. */
  readonly nudge: (address: string, signal: AbortSignal) => Promise<unknown>;
}

/** One look, with all that is known before anybody is asked. */
export interface Look {
  readonly question: WireQuestion;
  readonly address: IpAddress;
  readonly family: 'ipv4' | 'ipv6';
  readonly at: string;
  readonly facing: Facing;
  readonly interfaces: readonly HostInterface[];
  readonly parts: ProberParts;
  /** Tries the ports, once. */
  readonly tryPorts: () => Promise<readonly PortAttempt[]>;
}

/** What was heard, without where it was heard and what is told of the rest. */
export type Seen = Pick<
  WireLook,
  'method' | 'windowMs' | 'asked' | 'answers' | 'ports' | 'unseen'
> &
  Partial<Pick<WireLook, 'withoutSocket' | 'notKept' | 'probers' | 'ignored' | 'gaps'>> & {
    readonly neighbours: readonly WireNeighbour[];
  };

/** Looks through these parts. */
export function proberOver(parts: ProberParts): WireProber {
  return { look: (question, signal) => lookAt(parts, question, signal) };
}

async function lookAt(
  parts: ProberParts,
  question: WireQuestion,
  signal: AbortSignal,
): Promise<WireLook> {
  const address = askedAddress(question.address);
  const { host, clock } = parts;
  const [interfaces, route] = await Promise.all([
    host.interfaces(signal),
    host.route(address, signal),
  ]);
  if (question.isProbe) {
    refuseNetwork(address, interfaces);
  }
  const look: Look = {
    question,
    address,
    family: familyOf(address),
    at: clock.now().toISOString(),
    facing: facing(address, question.interface, { interfaces, route }),
    interfaces,
    parts,
    tryPorts: () => tryPorts(parts, { ...question, address }, signal),
  };
  const seen = await seenBy(look, signal);
  const table = await host.neighbours(new AbortController().signal);
  return whole(look, { ...seen, neighbours: named(look, seen, table) });
}

async function seenBy(look: Look, signal: AbortSignal): Promise<Seen> {
  const { facing: from, question } = look;
  if (from.hindrance !== undefined || from.interface === undefined) {
    return aside(look, from.hindrance ?? from.why);
  }
  const session = await openSession(look, from.interface);
  if (!('refused' in session)) {
    return session.listen(signal);
  }
  if (isAboutInterface(session)) {
    if (question.interface !== undefined) {
      throw new UsageError(session.says);
    }
    return aside(look, session.says);
  }
  return lookWithKernel(look, session, signal);
}

function isAboutInterface({ refused }: LinkRefusal): boolean {
  return refused === 'no-interface' || refused === 'not-ethernet';
}

/** Nobody can be asked; the ports are tried all the same. */
async function aside(look: Look, hindrance: string): Promise<Seen> {
  const ports = await look.tryPorts();
  const method = look.family === 'ipv4' ? 'arp' : 'ndp';
  const nothing = { windowMs: 0, asked: 0, answers: [], neighbours: [] };
  return { method, ...nothing, ports, unseen: [hindrance] };
}

async function tryPorts(
  { tryPort }: ProberParts,
  { address, ports, portTimeoutMs: timeoutMs }: WireQuestion,
  signal: AbortSignal,
): Promise<readonly PortAttempt[]> {
  const waiting = ports.entries();
  const attempts = new Map<number, PortAttempt>();
  const work = async (): Promise<void> => {
    for (const [index, question] of waiting) {
      if (signal.aborted) {
        return;
      }
      attempts.set(index, await tryPort({ address, question, timeoutMs }, signal));
    }
  };
  await Promise.all(Array.from({ length: Math.min(portsAtOnce, ports.length) }, work));
  return ports.flatMap((_, index) => attempts.get(index) ?? []);
}

/** Who was asked, and whoever else the kernel knows by an Ethernet address that answered. */
function named(
  { address, question }: Look,
  { answers, neighbours }: Seen,
  table: readonly KernelNeighbour[],
): readonly WireNeighbour[] {
  const heard = new Set(neighbours.map((each) => each.address));
  const wanted = new Set(question.neighbours);
  const answering = new Set(answers.map(({ mac }) => mac));
  const known = table.flatMap(({ address: other, mac }) => {
    const isWanted = mac !== undefined && (wanted.has(other) || answering.has(mac));
    return isWanted && other !== address && !heard.has(other) ? [{ address: other, mac }] : [];
  });
  const pairs = [...known, ...neighbours].map(
    (each) => [`${each.address} ${each.mac}`, each] as const,
  );
  return [...new Map(pairs)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, pair]) => pair);
}

function whole(look: Look, seen: Seen): WireLook {
  const { question, at, facing: from, interfaces, parts } = look;
  const { windowMs, unseen, ...rest } = seen;
  return {
    address: question.address,
    at,
    from: { ...vantageOf(from, parts.host.name), ...heldBy(interfaces) },
    reach: from.reach,
    windowMs: Math.round(windowMs),
    ...rest,
    unseen: [...unseen, ...(question.leftOut ?? [])],
  };
}

/** Every subnet of the host. */
function heldBy(interfaces: readonly HostInterface[]): Pick<WireVantage, 'interfaces'> {
  const held = subnetsOfHost(
    interfaces.map(({ name, addresses }) => ({ name, addresses: addresses.map(withPrefix) })),
  );
  return held === undefined ? {} : { interfaces: held };
}

function vantageOf({ interface: found, why }: Facing, host: string): WireVantage {
  const addresses = found?.addresses ?? [];
  return {
    host,
    interface: found?.name ?? '',
    mac: found?.mac ?? '',
    why,
    addresses: addresses.map(withPrefix),
  };
}

function withPrefix({ address, prefixLength }: HostAddress): string {
  return `${address}/${prefixLength}`;
}
