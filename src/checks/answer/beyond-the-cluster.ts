import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import type { Diagnosis, Remedy, RootCause } from '../../core/facts/finding.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { AddressPath } from '../../core/facts/path.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { PortAttempt, WireLook } from '../../core/facts/wire.ts';
import { packetsOfFullSize } from '../models/packets-of-full-size.ts';
import { askHealthPort } from '../models/traffic/health-port.ts';
import type { Ways } from './path/address-paths.ts';

/** What was found on the way, and what it was found by. */
export interface Searched {
  readonly service: Service | undefined;
  readonly ways: Ways | undefined;
  readonly material: Material;
  /** Causes that somebody answers for are among them. */
  readonly found: readonly RootCause[];
}

/**
 * Suspicions that no cluster can tell, each with the test that decides it: whether packets arrive and answers leave, by
 * which way, and how large they may be. Where somebody got in from outside only those are left that may hit others.
 */
export function beyondTheCluster({
  service,
  ways,
  material,
  found,
}: Searched): Pick<Diagnosis, 'tests'> {
  const [path] = ways?.paths ?? [];
  const isExplained =
    found.some(({ severity }) => severity !== 'info') ||
    path?.steps.some(({ answer }) => answer === 'broken') === true;
  const { client } = material.background;
  const isOfOtherFamily =
    client !== undefined &&
    path !== undefined &&
    client.includes(':') !== path.address.includes(':');
  if (service === undefined || path === undefined || isExplained || isOfOtherFamily) {
    return {};
  }
  const place = placeIn(path, service, material);
  const opened = itemsIfRead(material.readings.wire).find(
    ({ address, from, ports, reach }) =>
      address === path.address &&
      from.node === undefined &&
      reach?.kind !== 'own' &&
      ports.some(isOpen),
  );
  return {
    tests:
      opened === undefined
        ? [
            pingOf(path.address),
            arriving(place),
            returning(place),
            ...healthPortOf(service, material),
            ...large(place),
          ]
        : [openedFrom(opened), ...large(place)],
  };
}

function isOpen({ protocol, outcome }: PortAttempt): boolean {
  return protocol === 'TCP' && outcome === 'open';
}

/** With policy Local kube-proxy itself tells of each node; what is right there follows from the endpoints. */
function healthPortOf(service: Service, material: Material): readonly Remedy[] {
  const { endpointSlices, nodes } = material.readings;
  return endpointSlices.state === 'read' && nodes.state === 'read'
    ? askHealthPort(service, factsFrom(material, ['endpointSlices', 'nodes'], []))
    : [];
}

interface Place {
  readonly address: string;
  /** `on worker-2`. */
  readonly where: string;
  /** `10.4.0.12`, an address of that node. */
  readonly node: string | undefined;
  readonly client: string;
  readonly port: string;
}

function placeIn(
  { address, announcer }: AddressPath,
  service: Service,
  { background, readings }: Material,
): Place {
  const node = itemsIfRead(readings.nodes).find(({ metadata }) => metadata.name === announcer);
  const own = (node?.status.addresses ?? [])
    .filter(({ type }) => type === 'InternalIP')
    .flatMap((each) => parseAddress(each.address) ?? [])
    .find((each) => each.includes(':') === address.includes(':'));
  const tcp = service.spec.ports.find(({ protocol }) => protocol === 'TCP');
  return {
    address,
    where: `on ${announcer ?? 'the node where packets for it arrive'}`,
    node: own,
    client: background.client ?? 'CLIENT_ADDRESS',
    port: tcp === undefined ? '' : ` and port ${tcp.port}`,
  };
}

function pingOf(address: string): Remedy {
  return {
    says: `a ping of ${address} proves nothing: kube-proxy forwards the ports of a Service, and mostly no ICMP`,
    mutates: false,
  };
}

function openedFrom({ address, from, ports }: WireLook): Remedy {
  const names = [...new Set(ports.filter(isOpen).map(({ port }) => `TCP ${port}`))].join(' and ');
  return {
    says: `${names} opened from ${from.host}, so a ping of ${address} that fails proves nothing: kube-proxy forwards the ports of a Service, and mostly no ICMP`,
    mutates: false,
  };
}

function arriving({ where, address, port }: Place): Remedy {
  return {
    says: `${where}, while a client tries: does a SYN come in (if not: the network before it), and does a SYN-ACK leave (if not: the node, or what lies behind it)?`,
    command: `tcpdump -eni any host ${shellWord(address)}${port}`,
    mutates: false,
  };
}

function returning({ where, client, address }: Place): Remedy {
  const family = address.includes(':') ? '-6 ' : '';
  return {
    says: `${where}: does the answer leave by the interface that the SYN came in by? Otherwise a firewall drops it, or the kernel drops the SYN (rp_filter 1)`,
    command: `ip ${family}route get ${shellWord(client)}; sysctl net.ipv4.conf.all.rp_filter`,
    mutates: false,
  };
}

function large({ address, node }: Place): readonly Remedy[] {
  return packetsOfFullSize(
    address,
    node,
    'from the client: do packets of full size get through uncut? Otherwise connections stand and then hang (MTU)',
  );
}
