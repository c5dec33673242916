import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import {
  cidrText,
  contains,
  familyOf,
  type IpAddress,
  parseAddress,
  parseCidr,
} from '../../core/facts/ip.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { type KnownSubnet, knownSubnets, nodeAddresses } from '../models/layer2/subnets.ts';
import { type Layer2Scene, layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import { listed } from './told.ts';

/** Layer 2 reaches as far as one segment: who asks for the address must be where the announcer is. */
export const theAddressIsInASubnet = defineCheck({
  id: 'MLB-L17',
  asks: 'Is the address in a subnet of the elected node?',
  symptoms: ['no-traffic'],
  causes: ['address-in-no-subnet', 'elected-outside-subnet'],
  link: 'wire',
  needs: announcingNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  basis: 'inferred',
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const announcer = scene?.announcing.announcer;
    if (scene === undefined || announcer === undefined) {
      return [];
    }
    const subnets = knownSubnets(facts.nodes);
    return scene.announcing.addresses.flatMap((address) => {
      const own = subnets.filter(({ cidr }) => cidr.family === familyOf(address));
      const holding = own.filter(({ cidr }) => contains(cidr, address));
      if (holding.length > 0) {
        const isKnown = own.some(({ node }) => node === announcer);
        const isIn = holding.some(({ node }) => node === announcer);
        return isKnown && !isIn ? [elsewhere(scene, address, { announcer, own, holding })] : [];
      }
      const areIn = (some: readonly KnownSubnet[]) =>
        facts.nodes.every(({ metadata }) => some.some(({ node }) => node === metadata.name));
      if (areIn(own)) {
        return [outside(scene, { address, own, isWhole: areIn(own.filter(isOfAll)) })];
      }
      const inFamily = nodeAddresses(facts.nodes, familyOf(address));
      const apart = own.length === 0 ? apartFrom(address, { announcer, nodes: facts.nodes }) : [];
      return apart.length > 0
        ? [perhapsElsewhere(scene, address, { announcer, apart })]
        : farAway(scene, address, inFamily);
    });
  },
});

function texts(subnets: readonly KnownSubnet[]): readonly string[] {
  return [...new Set(subnets.map(({ cidr }) => cidrText(cidr)))].toSorted();
}

function evidenceOf(subnets: readonly KnownSubnet[]): readonly Evidence[] {
  return subnets
    .slice(0, shown)
    .map(({ node, path, value }) => seenField({ kind: 'Node', name: node }, path, value));
}

const shown = 3;

const doubt = 'the node has a second interface in that subnet, which no object tells of';

function common({ service }: Layer2Scene, address: IpAddress) {
  const about = refOf(service);
  return { about, affects: [about], addresses: [address], severity: 'warning' as const };
}

interface Whereabouts {
  readonly announcer: string;
  readonly own: readonly KnownSubnet[];
  readonly holding: readonly KnownSubnet[];
}

function elsewhere(
  scene: Layer2Scene,
  address: IpAddress,
  { announcer, own, holding }: Whereabouts,
): Found {
  const at = own.filter(({ node }) => node === announcer);
  const nodes = [...new Set(holding.map(({ node }) => node))].toSorted();
  return {
    ...common(scene, address),
    cause: 'elected-outside-subnet',
    says: `${announcer} is elected to announce ${address}, and it is not in that subnet: ${listed(texts(at))}`,
    details: [
      `${listed(texts(holding))} contains the address; of it are ${listed(nodes)}`,
      'speakers answer on every interface whatever the subnet, so the election does not heed this',
    ],
    because: evidenceOf([...at, ...holding]),
    doubts: [doubt],
    suggests: [
      {
        says: 'give each subnet a pool and an L2Advertisement of its own, with nodeSelectors for the nodes in it',
        command: 'kubectl get nodes -o wide --show-labels',
        mutates: false,
      },
    ],
  };
}

function isOfAll(subnet: KnownSubnet): boolean {
  return subnet.isOfAll;
}

interface Outside {
  readonly address: IpAddress;
  readonly own: readonly KnownSubnet[];
  /** Every interface of every node is known, not only the one of the network plugin. */
  readonly isWhole: boolean;
}

function outside(scene: Layer2Scene, { address, own, isWhole }: Outside): Found {
  return {
    ...common(scene, address),
    severity: isWhole ? 'warning' : 'info',
    cause: 'address-in-no-subnet',
    says: `${address} is in no ${isWhole ? 'subnet of any node' : 'known subnet of a node'}: ${listed(texts(own))}`,
    details: [
      ...(isWhole
        ? []
        : [
            'of each node only the address that the network plugin uses is known: another interface, or a VLAN, may have that subnet',
          ]),
      'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
    ],
    because: evidenceOf(own),
    doubts: [
      ...(isWhole ? [] : [doubt]),
      'a router has a route for that range straight onto the segment of the nodes',
    ],
    suggests: remedies,
  };
}

/** Prefixes that segments mostly have: not longer, as a rule, where machines and pools share one. */
const usualBits = { ipv4: 24, ipv6: 64 } as const;

/** Nodes next to the address, where the announcer is not: then it may be in another segment than they (#484, #737). */
function apartFrom(
  address: IpAddress,
  { announcer, nodes }: { readonly announcer: string; readonly nodes: readonly Node[] },
): readonly string[] {
  const range = parseCidr(`${address}/${usualBits[familyOf(address)]}`);
  const near = nodes.filter(({ status }) =>
    status.addresses.some((each) => {
      const own = parseAddress(each.address);
      return range !== undefined && own !== undefined && contains(range, own);
    }),
  );
  const names = near.map(({ metadata }) => metadata.name).toSorted();
  return names.includes(announcer) ? [] : names;
}

function perhapsElsewhere(
  scene: Layer2Scene,
  address: IpAddress,
  { announcer, apart }: { readonly announcer: string; readonly apart: readonly string[] },
): Found {
  const node = scene.announcing.speakers.input.nodes.find(
    ({ metadata }) => metadata.name === announcer,
  );
  const own = nodeAddresses(node === undefined ? [] : [node], familyOf(address));
  return {
    ...common(scene, address),
    severity: 'info',
    cause: 'elected-outside-subnet',
    says: `${announcer} is elected to announce ${address}, and may be in another segment: it has ${listed(own)}`,
    details: [
      `next to the address are ${listed(apart)}; how long the prefixes are no object tells`,
      'speakers answer on every interface whatever the subnet, so the election does not heed this',
    ],
    because: [seenField({ kind: 'Node', name: announcer }, 'status.addresses', listed(own))],
    doubts: [doubt, 'all nodes are in one segment with a shorter prefix'],
    suggests: [
      {
        says: 'see how long the prefix is, on the node; where it leaves the address out, limit its L2Advertisement with nodeSelectors',
        command: 'ip -brief address',
        mutates: false,
      },
    ],
  };
}

/** How near an address must be to be in the same subnet as far as anybody can tell. */
const nearBits = { ipv4: 16, ipv6: 48 } as const;

/** Prefix lengths are not in the API: only what is very far away is worth a word. */
function farAway(
  scene: Layer2Scene,
  address: IpAddress,
  nodes: readonly IpAddress[],
): readonly Found[] {
  const bits = nearBits[familyOf(address)];
  const near = (node: IpAddress) => {
    const range = parseCidr(`${node}/${bits}`);
    return range === undefined || contains(range, address);
  };
  if (nodes.length === 0 || nodes.some(near)) {
    return [];
  }
  const [first = address] = nodes;
  return [
    {
      ...common(scene, address),
      severity: 'info',
      cause: 'address-in-no-subnet',
      says: `${address} is far from the address of every node: it may be in none of their subnets`,
      details: [
        `nodes have ${listed(nodes)}`,
        `none of them shares its first ${bits} bits; how long their prefixes are no object tells`,
      ],
      because: [
        seenField({ kind: 'Node', name: nodeNamed(scene, first) }, 'status.addresses', first),
      ],
      doubts: [doubt, 'a router has a route for that range straight onto the segment of the nodes'],
      suggests: remedies,
    },
  ];
}

function nodeNamed({ announcing }: Layer2Scene, address: IpAddress): string {
  const node = announcing.speakers.input.nodes.find(({ status }) =>
    status.addresses.some((each) => parseAddress(each.address) === address),
  );
  return node?.metadata.name ?? '';
}

const remedies = [
  {
    says: 'see the subnets of a node, on the node; then take the range of the pool from one of them',
    command: 'ip -brief address',
    mutates: false,
  },
] as const;
