import type { ControlPlane } from './control-plane.ts';
import type { LabNode } from './lab-node.ts';
import { podsHands } from './lab-pods.ts';
import type { PodsHands } from './lab-pods.ts';
import { configure, portOf } from './network.ts';
import type { Program } from './program.ts';
import { eventually } from './waiting.ts';

/**
 * What a test may do to anything that runs, by name: a container (`controller`, `speaker`) or a
 * program of the cluster (`etcd`, `kube-apiserver`, `kube-scheduler`, `kubelet-node1`). A killed
 * container is started again by its kubelet, a killed program stays down until it is restarted.
 */
export interface LabHands extends PodsHands {
  /** Pulls the cable of a node: it keeps running and nobody hears of it. */
  readonly unplug: (node: string) => Promise<void>;
  readonly plug: (node: string) => Promise<void>;
}

export function labHands({
  plane,
  nodes,
  segment,
  programs,
}: {
  plane: ControlPlane;
  nodes: readonly LabNode[];
  segment: string;
  programs: ReadonlyMap<string, Program>;
}): LabHands {
  const pods = podsHands(plane, nodes);
  return {
    ...pods,
    kill: async (name, node) => {
      const program = programs.get(name);
      await (program === undefined ? pods.kill(name, node) : program.kill());
    },
    restart: async (name, node) => {
      const program = programs.get(name);
      await (program === undefined ? pods.restart(name, node) : restartProgram(plane, program));
    },
    // The port of the segment, not eth0: a node's addresses and routes outlive a pulled cable.
    unplug: (node) => configure(segment, [`link set ${portOf(node)} down`]),
    plug: (node) => configure(segment, [`link set ${portOf(node)} up`]),
    logOf: async (name, options) => programs.get(name)?.log() ?? pods.logOf(name, options),
  };
}

async function restartProgram(plane: ControlPlane, program: Program): Promise<void> {
  if (program.name.startsWith('kubelet-')) {
    throw new Error('a kubelet cannot be restarted: its pods would not be its children any more');
  }
  await program.kill();
  program.startAgain();
  await eventually('the API server to be ready', async () => {
    const { status } = await plane.api.send('GET', '/readyz');
    return status === 200 ? true : undefined;
  });
}
