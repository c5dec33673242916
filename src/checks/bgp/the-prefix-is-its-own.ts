import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { contains, parseAddress, parseCidr, type Cidr } from '../../core/facts/ip.ts';
import type { BGPAdvertisement, Node } from '../../core/facts/kube-objects.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { sendingsOf } from '../models/bgp/sessions.ts';
import { sharedPrefixes, type SharedPrefix } from '../models/bgp/shared-prefix.ts';
import { workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What is advertised is the address cut to the aggregation length: the router sends the whole prefix to the nodes. */
export const thePrefixIsItsOwn = bgpCheck({
  id: 'MLB-B15',
  asks: 'Does the prefix that is advertised leave nodes and routers out?',
  causes: ['bgp-prefix-too-wide'],
  link: 'elsewhere',
  run: (way, facts) => {
    const prefixes = [
      ...new Set(sendingsOf(way).flatMap(({ meetings }) => meetings.map(({ prefix }) => prefix))),
    ].toSorted();
    const routers = way.peers.flatMap(({ metadata, spec }) => {
      const address = parseAddress(spec.peerAddress ?? '');
      return address === undefined ? [] : [{ name: `router ${metadata.name}`, address }];
    });
    const machines = [...facts.nodes.flatMap(addressesOf), ...routers];
    const [advertisement] = way.advertisements;
    if (advertisement === undefined) {
      return [];
    }
    const shared = sharedPrefixes(prefixes, way, facts);
    return [
      ...prefixes.flatMap((prefix) => {
        const cidr = parseCidr(prefix);
        const caught = cidr === undefined ? [] : caughtIn(cidr, machines);
        return caught.length === 0 ? [] : [findingOf(prefix, caught, advertisement)];
      }),
      ...shared.map((each) => sharedFinding(each, keyOfService(way.service), advertisement)),
    ];
  },
});

/** The router spreads connections over all nodes that advertise the prefix, whoever they do it for. */
function sharedFinding(
  { prefix, nodes, others }: SharedPrefix,
  key: string,
  { kind, metadata }: BGPAdvertisement,
): Omit<Found, 'affects'> {
  const { name, namespace = 'metallb-system' } = metadata;
  const about = { kind, namespace, name };
  const [advertise, drop] = nodes.length === 1 ? ['advertises', 'drops'] : ['advertise', 'drop'];
  return {
    cause: 'bgp-prefix-too-wide',
    severity: 'warning',
    about,
    says: `${key} shares the prefix that is advertised, ${prefix}, with ${someOf(others)}: ${someOf(nodes)} ${advertise} it without an endpoint of ${key}, and with externalTrafficPolicy: Local ${drop} what comes for it`,
    details: ['some clients reach it and others do not, by the node that the router picks'],
    because: [
      workedOut(
        about,
        'metallb/speaker: aggregation',
        `${prefix} goes out from ${someOf(nodes)} for ${someOf(others)}`,
      ),
    ],
    doubts: ['a more specific route leads the router to the nodes with endpoints'],
    suggests: [
      {
        says: 'advertise single addresses (aggregationLength 32, aggregationLengthV6 128), beside the prefix or in its place; or use externalTrafficPolicy: Cluster',
        command: kubectl`-n ${namespace} edit bgpadvertisement ${name}`,
        mutates: true,
      },
    ],
  };
}

function findingOf(
  prefix: string,
  caught: readonly string[],
  { kind, metadata }: BGPAdvertisement,
): Omit<Found, 'affects'> {
  const { name, namespace = 'metallb-system' } = metadata;
  const about = { kind, namespace, name };
  return {
    cause: 'bgp-prefix-too-wide',
    severity: 'warning',
    about,
    says: `the prefix that is advertised, ${prefix}, holds addresses of machines: ${someOf(caught)}`,
    details: [
      'a router that takes it sends traffic for all of it to the nodes of MetalLB, where no more specific route says otherwise',
      'nodes and routers may then not be reached, or the session itself breaks off as soon as it is up',
    ],
    because: [
      workedOut(about, 'metallb/speaker: aggregation', `${prefix} holds ${someOf(caught)}`),
    ],
    doubts: ['the router has the segment of the nodes directly connected and prefers that'],
    suggests: [
      {
        says: 'advertise single addresses (aggregationLength 32, aggregationLengthV6 128), or a prefix that only the pool lies in',
        command: kubectl`-n ${namespace} edit bgpadvertisement ${name}`,
        mutates: true,
      },
    ],
  };
}

interface Machine {
  readonly name: string;
  readonly address: ReturnType<typeof parseAddress>;
}

function addressesOf({ metadata, status }: Node): readonly Machine[] {
  return status.addresses
    .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
    .map(({ address }) => ({ name: `node ${metadata.name}`, address: parseAddress(address) }));
}

function caughtIn(cidr: Cidr, machines: readonly Machine[]): readonly string[] {
  return machines.flatMap(({ name, address }) =>
    address !== undefined && contains(cidr, address) ? [`${name} (${address})`] : [],
  );
}
