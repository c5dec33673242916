import { metallbRelease } from '../../testbed/build.ts';
import { outputOf } from '../../testbed/command.ts';
import { configure } from '../../testbed/network.ts';
import { applyMetalLB, untilMetalLBWorks } from '../../testbed/metallb-install.ts';
import { namespacePath } from '../../testbed/program.ts';
import type { BGPPeering } from '../../testbed/router-configuration.ts';
import { systemEnvironment } from '../../testbed/requirements.ts';
import { eventually } from '../../testbed/waiting.ts';
import { inMetalLB, rollouts } from '../causes/fault.ts';
import { yamlOf } from '../causes/manifest.ts';
import type { Manifest } from '../causes/manifest.ts';
import { tell } from '../causes/reactions.ts';
import { namespaceOf } from './ground.ts';
import { untilJoined } from '../../testbed/memberlist.ts';
import type { Deed } from './made-cause.ts';
import { untilReached, untilSilent } from './scene.ts';
import type { Scene, Way } from './scene.ts';

/** Applies objects with kubectl. */
export function applied(...objects: readonly Manifest[]): Deed {
  return ({ lab }) => lab.apply(yamlOf(objects));
}

/** Deletes objects, and waits until they are gone. */
export function deleted(...objects: readonly Manifest[]): Deed {
  return async ({ lab }) => {
    const words = ['delete', '--ignore-not-found', '-f', '-'];
    const { code, stderr } = await lab.kubectl(words, { input: yamlOf(objects) });
    if (code !== 0) {
      throw new Error(stderr.trim());
    }
  };
}

/** Runs kubectl with each of these words. */
export function told(...steps: readonly (readonly string[])[]): Deed {
  return ({ lab }) => tell(lab, steps);
}

/** Waits until kubectl answers so. */
export function untilSeen(asked: readonly string[], shows: RegExp): Deed {
  return ({ lab }) =>
    eventually(`kubectl ${asked.join(' ')} to show ${shows}`, async () => {
      const { stdout, stderr } = await lab.kubectl(asked);
      if (!shows.test(`${stdout}${stderr}`)) {
        throw new Error(`${stdout}${stderr}`);
      }
      return true;
    });
}

/** Waits until the page is served no more. */
export function silent(way: Way = 'layer2'): Deed {
  return (scene) => untilSilent(scene, way);
}

/** Makes sure that traffic flows all the same. */
export function flowing(way: Way = 'layer2'): Deed {
  return (scene) => untilReached(scene, way);
}

/** Patches the status of an object, as a controller would. */
export function statusPatched(path: string, status: object): Deed {
  return async ({ lab }) => {
    await lab.controlPlane.api.patch(`${path}/status`, { status });
  };
}

/** Gives a rule set to nftables of nodes; a table of one's own is taken away whole afterwards. */
export function filtered(nodes: readonly string[], rules: string): Deed {
  return async ({ lab }) => {
    for (const node of nodes) {
      await filteredIn(namespaceOf(lab, node), rules);
    }
  };
}

/** Gives a rule set to nftables of a namespace. */
export async function filteredIn(namespace: string, rules: string): Promise<void> {
  const enter = [`--net=${namespacePath(namespace)}`, 'nft', '-f', '-'];
  await outputOf('nsenter', enter, { input: rules, environment: systemEnvironment() });
}

/** Runs `ip` commands on a machine of the bed, named by its role. */
export function configured(role: string, ...commands: readonly string[]): Deed {
  return ({ lab }) => configure(`${lab.bed.name}-${role}`, commands);
}

/** Applies the released manifest again, and waits for everything that it starts. */
export const reinstalled: Deed = async (scene) => {
  await applyMetalLB(scene.lab.controlPlane, await metallbRelease(scene.version));
  await rolledOut(scene);
};

/** Waits until every program of MetalLB is as its workload wants it. */
export const rolledOut: Deed = async ({ lab }) => {
  await tell(lab, rollouts);
  await untilMetalLBWorks(lab.controlPlane, lab.nodes.length);
  await untilJoined(lab);
};

/** Takes the controller away, so that nobody mends a status. */
export const withoutController: Deed = told(
  inMetalLB('scale deployment/controller --replicas=0'),
  inMetalLB('wait --for=delete pods --selector component=controller --timeout=180s'),
);

/** Gives the controller back, and waits until it works. */
export const withController: Deed = async (scene) => {
  await tell(scene.lab, [inMetalLB('scale deployment/controller --replicas=1')]);
  await rolledOut(scene);
};

/** Gives the pods of all speakers a new process each. */
export const restartedSpeakers: Deed = async ({ lab }) => {
  await lab.restart('speaker');
  await untilJoined(lab);
};

/** Gives one node a new speaker. */
export function newSpeakerOn(node: string): Deed {
  return async (scene) => {
    const place = `--field-selector spec.nodeName=${node}`;
    await tell(scene.lab, [inMetalLB(`delete pods --selector component=speaker ${place}`)]);
    await rolledOut(scene);
  };
}

/** Starts a program on a node, beside what the cluster runs there. */
export function started(
  name: string,
  node: string,
  [command = '', ...args]: readonly string[],
): Deed {
  return async ({ lab, programs }) => {
    const namespace = namespaceOf(lab, node);
    programs.set(name, lab.bed.start({ name, command, args, namespace }));
  };
}

/** Ends a program that a deed has started, or one of the cluster's own. */
export function ended(name: string): Deed {
  return async ({ lab, programs }) => (programs.get(name) ?? lab.programs.get(name))?.kill();
}

/** Starts one of the cluster's own programs again. */
export function startedAgain(name: string): Deed {
  return ({ lab }) => lab.restart(name);
}

/** Waits until the router has a session with every node. */
export const sessionsUp: Deed = ({ lab, router }) =>
  eventually('all BGP sessions', async () =>
    (await router.established()).length === lab.nodes.length ? true : undefined,
  );

/** Waits until some speaker has logged this since the first deed. */
export function logged(words: RegExp): Deed {
  return (scene) => untilSeen(logsSince(scene), words)(scene);
}

/** Waits until every speaker has logged this since the first deed. */
export function loggedByAll(words: RegExp): Deed {
  return (scene) =>
    eventually(`every speaker to log ${words}`, async () => {
      const { lab } = scene;
      const lines = (await lab.kubectl([...logsSince(scene), '--prefix'])).stdout
        .split('\n')
        .filter((line) => words.test(line));
      const pods = new Set(lines.map((line) => line.split(' ')[0]));
      return pods.size === lab.nodes.length ? true : undefined;
    });
}

function logsSince({ begunAt }: Scene): readonly string[] {
  return inMetalLB(`logs --selector component=speaker --since-time=${begunAt} --tail=-1`);
}

/** Makes the router take sessions in this way. */
export function peeredWith(peering: BGPPeering): Deed {
  return ({ router }) => router.peerWith(peering);
}
