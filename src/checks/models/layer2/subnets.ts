import type { Evidence } from '../../../core/facts/evidence.ts';
import {
  type Cidr,
  cidrText,
  contains,
  familyOf,
  type IpAddress,
  type IpFamily,
  parseAddress,
  parseCidr,
} from '../../../core/facts/ip.ts';
import type { Node } from '../../../core/facts/kube-objects.ts';
import type { WireLook } from '../../../core/facts/wire.ts';
import { seenField, seenOnWire } from '../seen.ts';

/** A subnet that a node is in, and who says so. */
export interface KnownSubnet {
  readonly node: string;
  readonly cidr: Cidr;
  readonly seen: Evidence;
  /** True when all subnets of the node are told, not only the one that a network plugin uses. */
  readonly isOfAll: boolean;
  /** Of pods or containers: nobody outside asks there. */
  readonly isInner: boolean;
}

/** Subnets of nodes, by annotations and by looks at the wire; the API itself knows addresses without their prefix lengths. */
export function knownSubnets(
  nodes: readonly Node[],
  looks: readonly WireLook[] = [],
): readonly KnownSubnet[] {
  const all = [
    ...looks.flatMap(heldOn),
    ...nodes.flatMap(notedOn),
    ...looks.flatMap((look) => besideIn(look, nodes)),
  ];
  const keyed = all.map(
    (each) => [`${each.node} ${cidrText(each.cidr)} ${each.isOfAll}`, each] as const,
  );
  return [...new Map(keyed.toReversed()).values()].toReversed();
}

/** Network plugins that note the address of a node with its prefix length; Calico and OVN-Kubernetes do. */
const notes = [
  'projectcalico.org/IPv4Address',
  'projectcalico.org/IPv6Address',
  'k8s.ovn.org/node-primary-ifaddr',
  'k8s.ovn.org/host-cidrs',
  'k8s.ovn.org/host-addresses',
] as const;

/** Only this one lists the addresses of every interface. */
const ofAll: (typeof notes)[number] = 'k8s.ovn.org/host-cidrs';

function notedOn({ metadata }: Node): readonly KnownSubnet[] {
  const annotations = new Map(Object.entries(metadata.annotations));
  return notes.flatMap((note) => {
    const value = annotations.get(note) ?? '';
    const seen = seenField(
      { kind: 'Node', name: metadata.name },
      `metadata.annotations[${note}]`,
      value,
    );
    return [...value.matchAll(/[0-9a-fA-F.:]{2,45}\/\d{1,3}/g)].flatMap(([text]) => {
      const cidr = subnetOf(text);
      const told = { node: metadata.name, seen, isOfAll: note === ofAll, isInner: false };
      return cidr === undefined ? [] : [{ ...told, cidr }];
    });
  });
}

const inner =
  /^(?:lo$|docker|cbr|dummy|virbr|lxc|veth|cali|tunl|flannel|kube-|cni|nodelocaldns|cilium|ovn-k8s|weave|vxlan|antrea)/;

/** A node that looked tells all its interfaces. */
function heldOn(look: WireLook): readonly KnownSubnet[] {
  const { node, interfaces = [] } = look.from;
  return interfaces.flatMap(({ name, addresses }) =>
    addresses.flatMap((text) => {
      const cidr = subnetOf(text);
      return node === undefined || cidr === undefined
        ? []
        : [
            {
              node,
              cidr,
              seen: seenOnWire(look, `${node} has ${text} on ${name}`),
              isOfAll: true,
              isInner: inner.test(name),
            },
          ];
    }),
  );
}

/** A host between whose neighbours are nodes is in a subnet with them; one that knows none of them may be anywhere. */
function besideIn(look: WireLook, nodes: readonly Node[]): readonly KnownSubnet[] {
  const { from, neighbours, reach } = look;
  const asked = parseAddress(look.address);
  const networks = from.addresses.flatMap((text) => {
    const cidr = subnetOf(text);
    const isRoutedElse =
      cidr !== undefined &&
      asked !== undefined &&
      reach?.kind === 'on-link' &&
      !contains(cidr, asked);
    return cidr === undefined || isRoutedElse ? [] : [{ text, cidr }];
  });
  const heard = neighbours.flatMap(({ address }) => parseAddress(address) ?? []);
  return networks.flatMap(({ text, cidr }) => {
    const beside = nodes.flatMap((node) => {
      const own = ownAddresses([node], cidr.family).find((each) => contains(cidr, each));
      return own === undefined ? [] : [{ node: node.metadata.name, own }];
    });
    return from.node === undefined && beside.some(({ own }) => heard.includes(own))
      ? beside.map(({ node, own }) => ({
          node,
          cidr,
          seen: seenOnWire(look, `${from.host} has ${text} on ${from.interface}, beside ${own}`),
          isOfAll: false,
          isInner: false,
        }))
      : [];
  });
}

/** `10.4.0.11/24` is in 10.4.0.0/24. A single address is no subnet: point-to-point links and clouds have such. */
function subnetOf(text: string): Cidr | undefined {
  const cidr = parseCidr(text);
  const length = Number(text.slice(text.indexOf('/') + 1));
  return cidr === undefined || length === (cidr.family === 'ipv4' ? 32 : 128) ? undefined : cidr;
}

/** The addresses of one family that nodes are known by, inside and outside. */
export function ownAddresses(nodes: readonly Node[], family: IpFamily): readonly IpAddress[] {
  return [
    ...new Set(
      nodes.flatMap(({ status }) =>
        status.addresses
          .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
          .flatMap(({ address }) => parseAddress(address) ?? [])
          .filter((address) => familyOf(address) === family),
      ),
    ),
  ];
}
