import { join } from 'node:path';
import type { Bed } from './bed.ts';
import { programs } from './build.ts';
import type { ControlPlane } from './control-plane.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { SEGMENT } from './lab-node.ts';
import type { LabNode } from './lab-node.ts';
import type { Program } from './program.ts';

/** Starts the controllers and the scheduler beside the API server, and kube-proxy on every machine. */
export async function startClusterPrograms(
  bed: Bed,
  plane: ControlPlane,
  { nodes, nodeGraceSeconds }: { nodes: readonly LabNode[]; nodeGraceSeconds: number },
): Promise<Program[]> {
  const paths = await programs(['kube-controller-manager', 'kube-scheduler', 'kube-proxy']);
  const kubeconfig = await inClusterKubeconfig(bed, plane);
  const { namespace, authority } = plane;
  const controllers = bed.start({
    name: 'kube-controller-manager',
    command: paths['kube-controller-manager'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${authority.tokens.privateKey}`,
      `--root-ca-file=${authority.certificate}`,
      '--allocate-node-cidrs=false',
      `--node-monitor-grace-period=${nodeGraceSeconds}s`,
      // A hundred speakers at once are more than the careful defaults let through.
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      '--controllers=*,-nodeipam,-persistentvolume-binder-controller,-certificatesigningrequest-signing-controller',
    ],
    namespace,
  });
  const scheduler = bed.start({
    name: 'kube-scheduler',
    command: paths['kube-scheduler'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
    namespace,
  });
  // The control plane's machine has one too: the API server calls webhooks by cluster address. It
  // is no node, so it borrows the name of one: kube-proxy insists on a Node of its name.
  const machines = [{ name: nodes[0]?.name ?? '', namespace, log: 'control-plane' }].concat(
    nodes.map((node) => ({ name: node.name, namespace: node.namespace, log: node.name })),
  );
  const proxies = machines.map((machine) =>
    bed.start({
      name: `kube-proxy-${machine.log}`,
      command: paths['kube-proxy'],
      args: proxyFlags(machine.name, kubeconfig),
      namespace: machine.namespace,
    }),
  );
  return [controllers, scheduler, ...proxies];
}

function proxyFlags(node: string, kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--hostname-override=${node}`,
    '--proxy-mode=nftables',
    '--cluster-cidr=10.244.0.0/16',
    // Parameters of the whole kernel, which a namespace may not write.
    '--conntrack-max-per-core=0',
    '--conntrack-min=0',
    '--conntrack-tcp-timeout-established=0s',
    '--conntrack-tcp-timeout-close-wait=0s',
  ];
}

/** The path of the administrator's kubeconfig with the address that is reachable on the segment. */
export function segmentKubeconfig(bed: Bed): string {
  return join(bed.folder, 'segment.kubeconfig');
}

function inClusterKubeconfig(bed: Bed, plane: ControlPlane): Promise<string> {
  return writeKubeconfig(segmentKubeconfig(bed), {
    server: `https://${SEGMENT.controlPlane}:6443`,
    authority: plane.authority.certificate,
    user: 'admin',
    ...plane.administrator,
  });
}
