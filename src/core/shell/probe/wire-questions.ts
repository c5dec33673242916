import { familyOf, parseAddress } from '../../facts/ip.ts';
import type { Node, Service } from '../../facts/kube-objects.ts';
import type { WireLook } from '../../facts/wire.ts';
import {
  mostAttempts,
  mostNeighbours,
  portPatienceMs,
  type PortQuestion,
  type WireQuestion,
} from '../../facts/wire-port.ts';
import type { ProbeFlags } from './probe-flags.ts';

const questionEveryMs = 500;
const usualQuestions = 3;

/** What to ask of the wire for one Service: each of its addresses, its ports, and who the nodes are. */
export function wireQuestions(
  service: Service,
  nodes: readonly Node[],
  flags: Pick<ProbeFlags, 'interface' | 'count' | 'http' | 'udp'>,
): readonly WireQuestion[] {
  const { count = usualQuestions } = flags;
  const addresses = service.status.ingress.flatMap(({ ip }) => parseAddress(ip ?? '') ?? []);
  return [...new Set(addresses)].map((address) => ({
    address,
    interface: flags.interface,
    windowMs: (count + 1) * questionEveryMs,
    questions: count,
    ...portsOf(service, flags),
    portTimeoutMs: portPatienceMs,
    neighbours: nodeAddresses(nodes)
      .filter((each) => familyOf(each) === familyOf(address))
      .slice(0, mostNeighbours),
  }));
}

/** Of many nodes only the first are asked: those that may announce the Service must be among them, likeliest first. */
export function announcersFirst(
  nodes: readonly Node[],
  announcers: readonly string[],
): readonly Node[] {
  const rank = new Map(announcers.map((name, index) => [name, index]));
  const rankOf = ({ metadata }: Node) => rank.get(metadata.name) ?? announcers.length;
  return nodes.toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** The host itself may be a node: its own packets go another way than a client's. */
export function withNode(look: WireLook, nodes: readonly Node[]): WireLook {
  const own = new Set(look.from.addresses.map((each) => each.replace(/\/.*$/, '')));
  const node = nodes.find(({ status }) =>
    status.addresses.some(({ type, address }) => type === 'InternalIP' && own.has(address)),
  );
  return node === undefined ? look : { ...look, from: { ...look.from, node: node.metadata.name } };
}

function nodeAddresses(nodes: readonly Node[]) {
  return nodes.flatMap(({ status }) =>
    status.addresses
      .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
      .flatMap(({ address }) => parseAddress(address) ?? []),
  );
}

function portsOf(
  service: Service,
  flags: Pick<ProbeFlags, 'http' | 'udp'>,
): Pick<WireQuestion, 'ports' | 'leftOut'> {
  const all = portQuestions(service, flags);
  const sctp = service.spec.ports.filter(({ protocol }) => protocol === 'SCTP');
  const names = sctp.map(({ port }) => port).join(', ');
  const leftOut = [
    ...(sctp.length === 0 ? [] : [`SCTP is not tried: port ${names}`]),
    ...(all.length > mostAttempts
      ? [`of ${all.length} attempts at ports only the first ${mostAttempts} were made`]
      : []),
  ];
  return { ports: all.slice(0, mostAttempts), ...(leftOut.length === 0 ? {} : { leftOut }) };
}

const securePorts = [443, 8443];

function portQuestions(
  { spec }: Service,
  { http, udp }: Pick<ProbeFlags, 'http' | 'udp'>,
): readonly PortQuestion[] {
  return spec.ports.flatMap(({ protocol, port, name = '' }): readonly PortQuestion[] => {
    if (protocol === 'UDP') {
      return udp ? [{ protocol, port }] : [];
    }
    if (protocol !== 'TCP') {
      return [];
    }
    const isSecure = securePorts.includes(port) || name.startsWith('https');
    return [
      { protocol, port },
      ...(http === undefined
        ? []
        : [{ protocol: isSecure ? ('HTTPS' as const) : ('HTTP' as const), port, path: http }]),
    ];
  });
}
