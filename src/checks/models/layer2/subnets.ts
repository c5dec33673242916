import {
  type Cidr,
  familyOf,
  type IpAddress,
  type IpFamily,
  parseAddress,
  parseCidr,
} from '../../../core/facts/ip.ts';
import type { Node } from '../../../core/facts/kube-objects.ts';

/** A subnet that a node is in for certain, and who says so. */
export interface KnownSubnet {
  readonly node: string;
  readonly cidr: Cidr;
  readonly path: string;
  readonly value: string;
  /** True when it stands in a list of all addresses of the node, not only of the one that a network plugin uses. */
  readonly isOfAll: boolean;
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

/** Subnets of nodes; the API itself knows addresses without their prefix lengths. */
export function knownSubnets(nodes: readonly Node[]): readonly KnownSubnet[] {
  return nodes.flatMap(({ metadata }) => {
    const annotations = new Map(Object.entries(metadata.annotations));
    return notes.flatMap((note) => {
      const value = annotations.get(note) ?? '';
      return [...value.matchAll(/[0-9a-fA-F.:]{2,45}\/\d{1,3}/g)].flatMap(([text]) => {
        const cidr = subnetOf(text);
        return cidr === undefined
          ? []
          : [
              {
                node: metadata.name,
                cidr,
                path: `metadata.annotations[${note}]`,
                value,
                isOfAll: note === ofAll,
              },
            ];
      });
    });
  });
}

/** `10.4.0.11/24` is in 10.4.0.0/24. A single address is no subnet: point-to-point links and clouds have such. */
function subnetOf(text: string): Cidr | undefined {
  const cidr = parseCidr(text);
  const length = Number(text.slice(text.indexOf('/') + 1));
  return cidr === undefined || length === (cidr.family === 'ipv4' ? 32 : 128) ? undefined : cidr;
}

/** The addresses of one family by which nodes reach each other. */
export function nodeAddresses(nodes: readonly Node[], family: IpFamily): readonly IpAddress[] {
  return [
    ...new Set(
      nodes.flatMap(({ status }) =>
        status.addresses
          .filter(({ type }) => type === 'InternalIP')
          .flatMap(({ address }) => parseAddress(address) ?? [])
          .filter((address) => familyOf(address) === family),
      ),
    ),
  ];
}
