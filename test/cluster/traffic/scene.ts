import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startLab } from '../../testbed/lab.ts';
import type { Lab } from '../../testbed/lab.ts';
import type { Machine, Reply } from '../../testbed/machine.ts';
import { addClient, addRouter } from '../../testbed/outside.ts';
import type { Router } from '../../testbed/outside.ts';
import type { Program } from '../../testbed/program.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { eventually } from '../../testbed/waiting.ts';
import { yamlOf } from '../causes/manifest.ts';
import { untilServed } from '../causes/reactions.ts';
import { untilJoined } from '../../testbed/memberlist.ts';
import { BGP_ADDRESS, ground, LAYER2_ADDRESS } from './ground.ts';

/** A cluster of three nodes that serves real traffic, and everybody who takes part in it. */
export interface Scene {
  readonly lab: Lab;
  readonly version: MetalLBVersion;
  /** A machine on the nodes' own segment. */
  readonly client: Machine;
  readonly router: Router;
  /** What deeds have started beside the cluster's own programs, by name. */
  readonly programs: Map<string, Program>;
  /** When the deeds began that are under way. */
  readonly begunAt: string;
  /** Where recordings are kept. */
  readonly folder: string;
}

/** The way that traffic takes to a Service: over the segment, or through the router. */
export type Way = 'layer2' | 'bgp';

/** Builds the cluster and waits until both Services answer. */
export async function startScene(version: MetalLBVersion): Promise<Scene> {
  const lab = await startLab({ metallb: version, nodes: 3 });
  try {
    const [client, router] = await Promise.all([addClient(lab), addRouter(lab)]);
    await lab.hurry();
    await lab.apply(yamlOf(ground));
    await untilServed(lab, ['shop/web', 'shop/routed']);
    const folder = join(lab.bed.folder, 'recordings');
    await mkdir(folder, { recursive: true });
    const programs = new Map<string, Program>();
    const begunAt = new Date().toISOString();
    const scene = { lab, version, client, router, folder, programs, begunAt };
    await untilReached(scene, 'layer2');
    await untilReached(scene, 'bgp');
    await untilJoined(lab);
    return scene;
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

/** Asks for the page once. */
export function askPage({ client, router }: Scene, way: Way): Promise<Reply> {
  return way === 'layer2' ? client.get(LAYER2_ADDRESS) : router.outside.get(BGP_ADDRESS);
}

/** Waits until the page comes, and gives the answer. */
export function untilReached(
  scene: Scene,
  way: Way,
): Promise<Extract<Reply, { readonly reached: true }>> {
  return eventually(`an answer by ${way}`, async () => {
    const reply = await askPage(scene, way);
    if (!reply.reached) {
      throw new Error(reply.why);
    }
    return reply;
  });
}

/** Waits until the page does not come any more: it failed twice, a little apart. */
export async function untilSilent(scene: Scene, way: Way): Promise<void> {
  let failures = 0;
  await eventually(`no answer by ${way}`, async () => {
    const { reached } = await askPage(scene, way);
    failures = reached ? 0 : failures + 1;
    return failures >= 2 ? true : undefined;
  });
}

/** Waits until one node answers on the segment, and the cluster says of that one, and of no other, that it announces. */
export async function untilAnnounced(scene: Scene): Promise<void> {
  await eventually('the one node that answers to be the one that is told', async () => {
    const [answering, told] = [await answeringNode(scene), await nodesTold(scene)];
    if (told.join() !== answering) {
      throw new Error(`${answering ?? 'nobody'} answers, told is ${told.join(' and ')}`);
    }
    return true;
  });
}

/** Waits until another node than this one answers; v0.15.3 goes on telling of a dead one. */
export async function untilAnnouncedByOther(scene: Scene, node: string): Promise<void> {
  await eventually(`another node than ${node} to announce`, async () => {
    const answering = await answeringNode(scene);
    return answering === undefined || answering === node ? undefined : true;
  });
}

/** The nodes that a ServiceL2Status names for the Service of the segment. */
async function nodesTold({ lab }: Scene): Promise<readonly string[]> {
  const { items } = await lab.controlPlane.api.list('/apis/metallb.io/v1beta1/servicel2statuses');
  return items.flatMap(({ status }) => {
    const { serviceName, node = '' } = status as { serviceName?: string; node?: string };
    return serviceName === 'web' ? [node] : [];
  });
}

/** The Ethernet addresses that answer for the Service of the segment, each once. */
export async function answeringMacs({ client }: Scene): Promise<ReadonlySet<string>> {
  const words = ['-w', '2', '-I', 'eth0', LAYER2_ADDRESS];
  const { stdout } = await client.run('arping', words);
  return new Set([...stdout.matchAll(/\[([0-9A-Fa-f:]{17})\]/g)].map(([, mac = '']) => mac));
}

/** The node whose Ethernet address the client has for the Service of the segment. */
export async function answeringNode({ client, lab }: Scene): Promise<string | undefined> {
  await client.get(LAYER2_ADDRESS);
  const { stdout } = await client.run('ip', ['-json', 'neigh', 'show', LAYER2_ADDRESS]);
  const mac = (JSON.parse(stdout) as { lladdr?: string }[])[0]?.lladdr;
  for (const node of mac === undefined ? [] : lab.nodes) {
    if ((await macOf(client, node.address)) === mac) {
      return node.name;
    }
  }
  return undefined;
}

async function macOf(client: Machine, address: string): Promise<string | undefined> {
  // Any packet makes the kernel ask; nobody listens on the port.
  await client.run('curl', ['--silent', '--max-time', '1', `http://${address}:9/`]);
  const { stdout } = await client.run('ip', ['-json', 'neigh', 'show', address]);
  return (JSON.parse(stdout) as { lladdr?: string }[])[0]?.lladdr;
}
