import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { heldMark, hurriedMark } from './kubelet/marks.ts';
import type { LabNode } from './lab-node.ts';
import { namespacesOf, processesIn } from './leftovers.ts';
import { isReady } from './metallb-install.ts';
import { eventually } from './waiting.ts';

/** What a test may do to containers as if it were the machine: by container name, maybe on one node only. */
export interface PodsHands {
  /** SIGKILLs the processes of a container; the kubelet starts them again. */
  readonly kill: (container: string, node?: string) => Promise<void>;
  /** Keeps a container down after its end, until released. */
  readonly hold: (container: string, node?: string) => Promise<void>;
  readonly release: (container: string, node?: string) => Promise<void>;
  /** Kills a container and waits until another run of it is Ready. */
  readonly restart: (container: string, node?: string) => Promise<void>;
  /** From now on probes and delays before restarts go ten times as fast. */
  readonly hurry: () => Promise<void>;
  /** Everything that the running container has said, or the run before it. */
  readonly logOf: (
    container: string,
    options?: { node?: string; previous?: boolean },
  ) => Promise<string>;
}

export function podsHands(plane: ControlPlane, nodes: readonly LabNode[]): PodsHands {
  const on = (node: string | undefined): readonly LabNode[] =>
    node === undefined ? nodes : nodes.filter(({ name }) => name === node);
  const kill: PodsHands['kill'] = async (container, node) => {
    for (const pid of await pidsOf(container, on(node))) {
      process.kill(pid, 'SIGKILL');
    }
  };
  return {
    kill,
    hold: async (container, node) => {
      for (const { folder } of on(node)) {
        const mark = heldMark(folder, container);
        await mkdir(dirname(mark), { recursive: true });
        await writeFile(mark, '');
      }
    },
    release: async (container, node) => {
      for (const { folder } of on(node)) {
        await rm(heldMark(folder, container), { force: true });
      }
    },
    restart: async (container, node) => {
      const before = await restartsOf(plane, container, node);
      await kill(container, node);
      await eventually(`${container} to run again`, async () => {
        const after = await restartsOf(plane, container, node);
        const again = [...before].every(([pod, count]) => (after.get(pod) ?? 0) > count);
        return again ? true : undefined;
      });
    },
    hurry: async () => {
      for (const { folder } of nodes) {
        await writeFile(hurriedMark(folder), '');
      }
    },
    logOf: async (container, { node, previous = false } = {}) => {
      const [pod] = (await podsWith(plane, container, node)).map(({ metadata }) => metadata.name);
      const words = ['-n', 'metallb-system', 'logs', pod ?? '', '-c', container];
      const answer = await plane.kubectl(previous ? [...words, '--previous'] : words);
      if (answer.code !== 0) {
        throw new Error(answer.stderr.trim());
      }
      return answer.stdout;
    },
  };
}

/** The pids that the kubelets wrote down, as far as they are still processes of the bed. */
async function pidsOf(container: string, nodes: readonly LabNode[]): Promise<number[]> {
  const written: number[] = [];
  for (const { folder } of nodes) {
    const marks = await readdir(join(folder, 'running')).catch(() => []);
    for (const mark of marks.filter((name) => name.endsWith(`_${container}`))) {
      written.push(Number(await readFile(join(folder, 'running', mark), 'utf8')));
    }
  }
  const namespaces = await Promise.all(nodes.map(({ namespace }) => namespacesOf(namespace)));
  const own = nodes.map(({ namespace }) => namespace);
  const alive = new Set(await processesIn([...own, ...namespaces.flat()]));
  return written.filter((pid) => alive.has(pid));
}

type Pods = Awaited<ReturnType<ControlPlane['api']['list']>>['items'];

async function podsWith(
  plane: ControlPlane,
  container: string,
  node: string | undefined,
): Promise<Pods> {
  const { items } = await plane.api.list('/api/v1/namespaces/metallb-system/pods');
  return items.filter((pod) => {
    const spec = pod['spec'] as { nodeName?: string; containers: { name: string }[] };
    const runsThere = node === undefined || spec.nodeName === node;
    return runsThere && spec.containers.some(({ name }) => name === container);
  });
}

/** Restart counts of the pods that are Ready; a pod that is not counts as not there. */
async function restartsOf(
  plane: ControlPlane,
  container: string,
  node: string | undefined,
): Promise<Map<string, number>> {
  const pods = (await podsWith(plane, container, node)).filter(isReady);
  return new Map(pods.map((pod) => [pod.metadata.name, restartCount(pod, container)]));
}

function restartCount(pod: Pods[number], container: string): number {
  const status = pod['status'] as
    | { containerStatuses?: { name: string; restartCount: number }[] }
    | undefined;
  return status?.containerStatuses?.find(({ name }) => name === container)?.restartCount ?? 0;
}
