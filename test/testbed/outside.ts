import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { Lab } from './lab.ts';
import { SEGMENT } from './lab-node.ts';
import { addMachineBehind, machineOf } from './machine.ts';
import type { Machine } from './machine.ts';
import { configure, joinSegment, setKernelParameters } from './network.ts';
import type { Program } from './program.ts';
import { routerConfiguration } from './router-configuration.ts';
import type { BGPPeering } from './router-configuration.ts';
import { eventually } from './waiting.ts';

/** Puts a client on the segment of a lab, 192.0.2.200. */
export async function addClient(lab: Lab): Promise<Machine> {
  const namespace = await lab.bed.addNamespace('client');
  await joinSegment(lab.segment.namespace, namespace, [`${SEGMENT.client}/24`, '2001:db8::200/64']);
  await configure(namespace, [`route add default via ${SEGMENT.router}`]);
  return machineOf(namespace, SEGMENT.client);
}

/** The router that nodes and client know, with a real BGP daemon, and a client behind it. */
export interface Router {
  readonly machine: Machine;
  /** A client that reaches the cluster through the router only, 198.51.100.2. */
  readonly outside: Machine;
  readonly daemon: Program;
  /** Rewrites the daemon's configuration and makes it follow. */
  readonly peerWith: (peering: BGPPeering) => Promise<void>;
  /** The nodes whose session is established. */
  readonly established: () => Promise<string[]>;
  /** The nodes through which a prefix is reached. */
  readonly routesTo: (prefix: string) => Promise<string[]>;
}

/** Puts a router on the segment, 192.0.2.254, that listens for BGP sessions of all nodes. */
export async function addRouter(lab: Lab, peering: BGPPeering = {}): Promise<Router> {
  const { bed, nodes } = lab;
  const namespace = await bed.addNamespace('router');
  await joinSegment(lab.segment.namespace, namespace, [`${SEGMENT.router}/24`]);
  await setKernelParameters(namespace, { 'net/ipv4/ip_forward': '1' });
  const outside = await addMachineBehind(bed, 'ext', {
    via: namespace,
    near: '198.51.100.1',
    far: '198.51.100.2',
  });
  const file = join(bed.folder, 'bird.conf');
  const socket = join(bed.folder, 'bird.ctl');
  await writeFile(file, routerConfiguration(nodes, peering));
  const daemon = bed.start({
    name: 'bird',
    command: 'bird',
    args: ['-f', '-c', file, '-s', socket, '-P', join(bed.folder, 'bird.pid')],
    namespace,
  });
  const machine = machineOf(namespace, SEGMENT.router);
  const ask = async (words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await machine.run('birdc', ['-r', '-s', socket, ...words]);
    if (code !== 0) {
      throw new Error(stderr.trim());
    }
    return stdout;
  };
  await eventually('the BGP daemon to answer', () => ask(['show', 'status']));
  return {
    machine,
    outside,
    daemon,
    peerWith: async (next) => {
      await writeFile(file, routerConfiguration(nodes, next));
      // A session under way notices a changed password only when it is begun anew.
      await machine.run('birdc', ['-s', socket, 'configure']);
      await machine.run('birdc', ['-s', socket, 'restart', 'all']);
    },
    established: async () => {
      const lines = (await ask(['show', 'protocols'])).split('\n');
      return lines
        .filter((line) => /\bEstablished\b/.test(line))
        .map((line) => line.split(' ')[0] ?? '');
    },
    routesTo: async (prefix) => {
      const { stdout } = await machine.run('ip', ['route', 'show', prefix]);
      return nodes
        .filter(({ address }) => stdout.includes(`via ${address} `))
        .map(({ name }) => name);
    },
  };
}
