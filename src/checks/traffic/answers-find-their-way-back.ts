import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { contains, parseAddress, parseCidr } from '../../core/facts/ip.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';
import { noServedAddress } from '../models/one-service.ts';

/** A node may take packets in on one interface and answer on another, and then they are dropped on the way. */
export const answersFindTheirWayBack = defineCheck({
  id: 'MLB-D15',
  asks: 'Does an answer come back where packets for the address arrive?',
  symptoms: ['no-traffic'],
  causes: ['answers-take-another-way'],
  link: 'elsewhere',
  basis: 'inferred',
  needs: ['wire', 'nodes'],
  helps: [],
  skipWhen: (facts, subject) => {
    const why = noServedAddress(facts, subject);
    if (why !== undefined || subject === undefined) {
      return why;
    }
    return looksAt(subject, facts).some(({ look }) => look.ports.length > 0)
      ? undefined
      : 'nobody tried its ports (--probe)';
  },
  run: (facts, service) =>
    service === undefined
      ? []
      : looksAt(service, facts).flatMap((look) => {
          const node = takerIn(look, facts.nodes);
          return node === undefined || !isSilent(look) ? [] : [finding(service, look, node)];
        }),
});

/** The node that answers for the address, where one alone does. */
function takerIn({ answers }: NamedLook, nodes: readonly Node[]): Node | undefined {
  const [name, ...others] = [...new Set(answers.flatMap(({ node }) => node ?? []))];
  return others.length > 0 ? undefined : nodes.find(({ metadata }) => metadata.name === name);
}

/** It was tried from outside, and nothing at all came back. */
function isSilent({ look }: NamedLook): boolean {
  const tried = look.ports.filter(({ protocol }) => protocol === 'TCP');
  return (
    look.from.node === undefined &&
    tried.length > 0 &&
    tried.every(({ outcome }) => outcome === 'timeout')
  );
}

function finding(service: Service, named: NamedLook, node: Node): Found {
  const { look, address } = named;
  const { name } = node.metadata;
  const own = foreignAddresses(named, node);
  const isElsewhere = own.length > 0;
  return {
    cause: 'answers-take-another-way',
    severity: isElsewhere ? 'warning' : 'info',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [address],
    says: isElsewhere
      ? `${name} takes packets for ${address} in, and its own address (${own.join(', ')}) is in another network: its answers may leave by another interface, and get lost`
      : `${name} takes packets for ${address} in, and nothing comes back: the answers may get lost on their way`,
    details: [
      'an answer leaves by the route of the node to the client; where that is not the interface the question came in by, the kernel (rp_filter) or a firewall that follows connections drops one of the two',
      'this is no more than a suspicion: a firewall on the node that drops the question looks the same from here',
    ],
    because: [
      ...(isElsewhere
        ? [seenField(refOf(node), 'status.addresses[InternalIP]', own.join(', '))]
        : []),
      // that nothing came back confirms that something is wrong, and not that it is this
      workedOut(
        refOf(service),
        'wire: packets arrive and no answer does',
        look.ports
          .map(({ protocol, port, outcome }) => `${protocol} ${port}: ${outcome}`)
          .join(', '),
      ),
    ],
    doubts: [
      'a firewall, a NetworkPolicy of another kind or the program itself drops the connection',
    ],
    suggests: remediesOn(name, { address, client: clientOf(named) }),
  };
}

/** Its own addresses, when none is in the network in which the address was asked for. */
function foreignAddresses({ look, address }: NamedLook, { status }: Node): readonly string[] {
  const target = parseAddress(address);
  const networks = look.from.addresses
    .flatMap((text) => parseCidr(text) ?? [])
    .filter((network) => target !== undefined && contains(network, target));
  const [family] = networks.map((network) => network.family);
  const own = status.addresses
    .filter(({ type }) => type === 'InternalIP')
    .flatMap((each) => parseAddress(each.address) ?? [])
    .filter((each) => each.includes(':') === (family === 'ipv6'));
  const isNear = own.some((each) => networks.some((network) => contains(network, each)));
  return networks.length === 0 || isNear ? [] : own;
}

function clientOf({ look }: NamedLook): string {
  return look.from.addresses[0]?.split('/')[0] ?? 'CLIENT';
}

function remediesOn(
  node: string,
  { address, client }: { readonly address: string; readonly client: string },
): Found['suggests'] {
  return [
    {
      says: `on ${node}: by which interface would it answer the client?`,
      command: `ip route get ${shellWord(client)}`,
      mutates: false,
    },
    {
      says: `on ${node}: do SYN packets come in, and does any SYN-ACK leave, and where?`,
      command: `tcpdump -eni any host ${shellWord(address)} and tcp`,
      mutates: false,
    },
    {
      says: `on ${node}: with rp_filter 1 the kernel drops what comes in by another interface than its answer would leave by; 2 is enough for this`,
      command: 'sysctl -a --pattern rp_filter',
      mutates: false,
    },
  ];
}
