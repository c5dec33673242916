import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bed } from './bed.ts';
import type { ControlPlane } from './control-plane.ts';
import { nodeConditions } from './kubelet/heartbeat.ts';
import type { KubeletConfiguration } from './kubelet/configuration.ts';
import { configure, joinSegment, setKernelParameters } from './network.ts';
import type { Program } from './program.ts';
import { KUBERNETES_VERSION } from './recipes.ts';

/** A machine of the lab, before anything runs on it. */
export interface LabNode {
  readonly name: string;
  readonly address: string;
  /** The first three octets of its pods' addresses. */
  readonly podPrefix: string;
  /** The full name of its network namespace. */
  readonly namespace: string;
  /** The kubelet's own folder. */
  readonly folder: string;
}

/** Addresses on the segment besides the nodes': client and router are there when a test puts them there. */
export const SEGMENT = {
  controlPlane: '192.0.2.2',
  client: '192.0.2.200',
  router: '192.0.2.254',
} as const;

/** Plans nodes 1 to `count`: names, addresses, ranges. */
export function planNodes(bed: Bed, count: number): LabNode[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `node${index + 1}`,
    address: `192.0.2.${11 + index}`,
    podPrefix: `10.244.${index + 1}`,
    namespace: `${bed.name}-node${index + 1}`,
    folder: join(bed.folder, `node${index + 1}`),
  }));
}

/** Makes the node's namespace with its link to the segment and its bridge for pods. */
export async function makeNodeNetwork(
  bed: Bed,
  segment: string,
  node: LabNode,
  nodes: readonly LabNode[],
): Promise<void> {
  const namespace = await bed.addNamespace(node.name);
  const host = node.address.slice(node.address.lastIndexOf('.') + 1);
  await joinSegment(segment, namespace, [`${node.address}/24`, `2001:db8::${host}/64`]);
  await setKernelParameters(namespace, {
    'net/ipv4/ip_forward': '1',
    'net/ipv6/conf/all/forwarding': '1',
  });
  await configure(namespace, [
    'link add cni0 type bridge',
    `address add ${node.podPrefix}.1/24 dev cni0`,
    'link set cni0 up',
    `route add default via ${SEGMENT.router}`,
    ...routesToPods(nodes.filter((other) => other !== node)),
  ]);
}

/** Routes to the pods of nodes, for a machine on the segment. */
export function routesToPods(nodes: readonly LabNode[]): string[] {
  return nodes.map(({ podPrefix, address }) => `route add ${podPrefix}.0/24 via ${address}`);
}

/** Writes the Node into the API; kube-proxy waits half a minute when it starts before that. */
export async function registerNode(plane: ControlPlane, node: LabNode): Promise<void> {
  const capacity = { cpu: '2', memory: '8Gi', pods: '110' };
  await plane.api.create('/api/v1/nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: { 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux' },
    },
    spec: { podCIDR: `${node.podPrefix}.0/24`, podCIDRs: [`${node.podPrefix}.0/24`] },
    status: {
      capacity,
      allocatable: capacity,
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: nodeInfo(),
      conditions: nodeConditions(),
    },
  });
}

/** Starts the kubelet of a node in the node's namespace. */
export async function startKubelet(
  bed: Bed,
  plane: ControlPlane,
  node: LabNode,
  images: Readonly<Record<string, string>>,
): Promise<Program> {
  const serving = await plane.authority.issue({
    file: node.name,
    commonName: node.name,
    hosts: [node.address],
  });
  const configuration: KubeletConfiguration = {
    node: node.name,
    address: node.address,
    podPrefix: node.podPrefix,
    namespace: node.namespace,
    access: {
      server: `https://${SEGMENT.controlPlane}:6443`,
      authority: plane.authority.certificate,
      ...plane.administrator,
    },
    serving,
    folder: node.folder,
    images,
  };
  await mkdir(join(node.folder, 'held'), { recursive: true });
  const path = join(node.folder, 'kubelet.json');
  await writeFile(path, JSON.stringify(configuration));
  return bed.start({
    name: `kubelet-${node.name}`,
    command: process.execPath,
    args: [join(import.meta.dirname, 'kubelet', 'main.ts'), path],
    namespace: node.namespace,
  });
}

function nodeInfo(): object {
  return {
    kubeletVersion: KUBERNETES_VERSION,
    kubeProxyVersion: '',
    containerRuntimeVersion: 'containerd://2.1.4',
    osImage: 'Test bed',
    operatingSystem: 'linux',
    architecture: 'amd64',
    kernelVersion: '6.12.0',
    machineID: '',
    systemUUID: '',
    bootID: '',
  };
}
