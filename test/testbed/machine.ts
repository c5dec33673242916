import type { Bed } from './bed.ts';
import { runCommand } from './command.ts';
import type { CommandResult } from './command.ts';
import { configure } from './network.ts';
import { namespacePath } from './program.ts';
import { systemEnvironment } from './requirements.ts';

/** A machine that is no part of the cluster: it can be told to run something, and to ask for a web page. */
export interface Machine {
  /** The full name of its network namespace. */
  readonly namespace: string;
  readonly address: string;
  readonly run: (command: string, args: readonly string[]) => Promise<CommandResult>;
  /** Asks for a page with curl, after forgetting who had which address. */
  readonly get: (address: string, options?: { readonly port?: number }) => Promise<Reply>;
}

/** What became of one request: the answer of a pod, or curl's own words. */
export type Reply =
  | {
      readonly reached: true;
      readonly pod: string;
      readonly node: string;
      /** Whom the pod saw. */
      readonly client: string;
    }
  | { readonly reached: false; readonly why: string };

/** Describes a namespace as a machine; its `eth0` must be there already. */
export function machineOf(namespace: string, address: string): Machine {
  const run: Machine['run'] = (command, args) =>
    runCommand('nsenter', [`--net=${namespacePath(namespace)}`, command, ...args], {
      environment: systemEnvironment(),
    });
  return {
    namespace,
    address,
    run,
    get: async (wanted, { port = 80 } = {}) => {
      await configure(namespace, ['neigh flush dev eth0']);
      const host = wanted.includes(':') ? `[${wanted}]` : wanted;
      const limits = ['--silent', '--show-error', '--max-time', '2'];
      return replyOf(await run('curl', [...limits, `http://${host}:${port}/`]));
    },
  };
}

/** Adds a namespace to the bed that is joined to another by a cable of its own. */
export async function addMachineBehind(
  bed: Bed,
  role: string,
  link: { readonly via: string; readonly near: string; readonly far: string },
): Promise<Machine> {
  const namespace = await bed.addNamespace(role);
  const port = `to-${role}`;
  await configure(link.via, [
    `link add ${port} type veth peer name eth0 netns ${namespace}`,
    `address add ${link.near}/24 dev ${port}`,
    `link set ${port} up`,
  ]);
  await configure(namespace, [
    `address add ${link.far}/24 dev eth0`,
    'link set eth0 up',
    `route add default via ${link.near}`,
  ]);
  return machineOf(namespace, link.far);
}

function replyOf({ code, stdout, stderr }: CommandResult): Reply {
  if (code !== 0) {
    return { reached: false, why: stderr.trim() };
  }
  const { pod, node, client } = JSON.parse(stdout) as Record<'pod' | 'node' | 'client', string>;
  return { reached: true, pod, node, client: client.replace(/^::ffff:/, '') };
}
