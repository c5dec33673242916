import { parseAllDocuments } from 'yaml';
import { openBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { metallbRelease, programs } from './build.ts';
import type { CommandResult } from './command.ts';
import { startControlPlane } from './control-plane.ts';
import type { ControlPlane, KubectlOptions } from './control-plane.ts';
import {
  makeNodeNetwork,
  planNodes,
  registerNode,
  routesToPods,
  SEGMENT,
  startKubelet,
} from './lab-node.ts';
import type { LabNode } from './lab-node.ts';
import { startFakeNodes } from './lab-fake-nodes.ts';
import { labHands } from './lab-hands.ts';
import type { LabHands } from './lab-hands.ts';
import { segmentKubeconfig, startClusterPrograms } from './lab-programs.ts';
import { applyMetalLB, untilMetalLBWorks } from './metallb-install.ts';
import { untilJoined } from './memberlist.ts';
import { configure, makeSegment } from './network.ts';
import type { Program } from './program.ts';
import type { MetalLBVersion } from './recipes.ts';
import { rightsIn, untilGranted } from './users.ts';
import type { RoleDocument } from './users.ts';

export interface LabOptions {
  /** The release to install; undefined leaves the cluster without MetalLB. */
  readonly metallb: MetalLBVersion | undefined;
  readonly nodes?: number;
  /** Releases whose images can be pulled besides the installed one. */
  readonly otherImages?: readonly MetalLBVersion[];
  readonly serviceRanges?: readonly string[];
  /** Nodes that only pretend, added when MetalLB works; each has a speaker that only pretends. */
  readonly fakeNodes?: number;
  /** How long a node may be silent before it counts as NotReady; as everywhere 50 without this. */
  readonly nodeGraceSeconds?: number;
  /** Folders of programs that stand for images, by `name:tag`: a script of the Pod runs with these and no others. */
  readonly toolImages?: Readonly<Record<string, string>>;
}

/** A running cluster with the real MetalLB. */
export interface Lab extends AsyncDisposable, LabHands {
  readonly bed: Bed;
  readonly controlPlane: ControlPlane;
  readonly nodes: readonly LabNode[];
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** The full name of the namespace of the segment, and the same kubeconfig for machines on it. */
  readonly segment: { readonly namespace: string; readonly kubeconfig: string };
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<CommandResult>;
  /** Applies YAML and fails with the API server's words if it is refused. */
  readonly apply: (yaml: string) => Promise<string>;
  /** Makes a user with the rights of the YAML, gives the path of a kubeconfig when the API server acts on them. */
  readonly restrictedUser: (name: string, rbacYaml?: string) => Promise<string>;
  /** The programs of the cluster itself, by name: etcd, kube-scheduler, kubelet-node1 and so on. */
  readonly programs: ReadonlyMap<string, Program>;
  readonly stop: () => Promise<void>;
}

/** Starts a cluster and waits until MetalLB works: 15 to 20 seconds when everything is built. */
export async function startLab(options: LabOptions): Promise<Lab> {
  // Built before the bed is opened: no time-out of the bed may count a build.
  await programs(['kube-controller-manager', 'kube-scheduler', 'kube-proxy']);
  if ((options.fakeNodes ?? 0) > 0) {
    await programs(['kwok']);
  }
  const images = await imagesOf(options);
  const bed = await openBed();
  try {
    return await buildUp(bed, options, images);
  } catch (error) {
    await bed.stop();
    throw error;
  }
}

async function buildUp(
  bed: Bed,
  options: LabOptions,
  images: Readonly<Record<string, string>>,
): Promise<Lab> {
  const nodes = planNodes(bed, options.nodes ?? 2);
  const segment = await makeSegment(bed);
  const { serviceRanges } = options;
  const [plane] = await Promise.all([
    startControlPlane({
      bed,
      mode: 'lab',
      segment: { namespace: segment, address: SEGMENT.controlPlane },
      ...(serviceRanges === undefined ? {} : { serviceRanges }),
    }),
    ...nodes.map((node) => makeNodeNetwork(bed, segment, node, nodes)),
  ]);
  await configure(plane.namespace, [
    `route add default via ${SEGMENT.router}`,
    ...routesToPods(nodes),
  ]);
  await Promise.all(nodes.map((node) => registerNode(plane, node)));
  const [started, kubelets] = await Promise.all([
    startClusterPrograms(bed, plane, {
      nodes,
      nodeGraceSeconds: options.nodeGraceSeconds ?? 50,
    }),
    Promise.all(nodes.map((node) => startKubelet(bed, plane, node, images))),
    installMetalLB(plane, options),
  ]);
  if (options.metallb !== undefined) {
    await untilMetalLBWorks(plane, nodes.length);
  }
  const count = options.fakeNodes ?? 0;
  const fakes = count > 0 ? [await startFakeNodes(bed, plane, { nodes, count })] : [];
  const own = [plane.programs.etcd, plane.programs.apiServer, ...started, ...kubelets, ...fakes];
  const lab = labOf({ bed, plane, nodes, segment, programs: own });
  if (options.metallb !== undefined) {
    await untilJoined(lab);
  }
  return lab;
}

async function installMetalLB(plane: ControlPlane, { metallb }: LabOptions): Promise<void> {
  if (metallb !== undefined) {
    await applyMetalLB(plane, await metallbRelease(metallb));
  }
}

function labOf(parts: {
  bed: Bed;
  plane: ControlPlane;
  nodes: readonly LabNode[];
  segment: string;
  programs: readonly Program[];
}): Lab {
  const { bed, plane, nodes } = parts;
  const named = new Map(parts.programs.map((program) => [program.name, program]));
  const apply = async (yaml: string): Promise<string> => {
    const { code, stdout, stderr } = await plane.kubectl(['apply', '-f', '-'], { input: yaml });
    if (code !== 0) {
      throw new Error(stderr.trim());
    }
    return stdout;
  };
  return {
    bed,
    controlPlane: plane,
    nodes,
    kubeconfig: plane.kubeconfig,
    segment: { namespace: parts.segment, kubeconfig: segmentKubeconfig(bed) },
    kubectl: plane.kubectl,
    apply,
    restrictedUser: async (name, rbacYaml) => {
      if (rbacYaml !== undefined) {
        await apply(rbacYaml);
        await untilGranted(plane, name, rightsIn(documentsIn(rbacYaml)));
      }
      return plane.clientCertificate(name);
    },
    ...labHands({ ...parts, programs: named }),
    programs: named,
    stop: bed.stop,
    [Symbol.asyncDispose]: bed.stop,
  };
}

function documentsIn(yaml: string): readonly RoleDocument[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as RoleDocument);
}

async function imagesOf(options: LabOptions): Promise<Record<string, string>> {
  const { metallb, otherImages = [] } = options;
  const versions = metallb === undefined ? otherImages : [metallb, ...otherImages];
  const images: Record<string, string> = { ...options.toolImages };
  for (const version of versions) {
    const { controller, speaker } = await metallbRelease(version);
    images[`controller:${version}`] = controller;
    images[`speaker:${version}`] = speaker;
  }
  return images;
}
