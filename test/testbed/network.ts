import { outputOf } from './command.ts';
import { namespacePath } from './program.ts';
import { systemEnvironment } from './requirements.ts';
import type { Bed } from './bed.ts';
import { eventually } from './waiting.ts';

/** Makes a namespace whose loopback works. */
export async function makeNamespace(namespace: string): Promise<void> {
  await configure(undefined, [`netns add ${namespace}`]);
  await configure(namespace, ['link set lo up']);
}

/** Runs `ip` commands, all or none reported, in a namespace or (undefined) the machine's own. */
export async function configure(
  namespace: string | undefined,
  commands: readonly string[],
): Promise<void> {
  const where = namespace === undefined ? [] : ['-n', namespace];
  await outputOf('ip', [...where, '-batch', '-'], {
    input: `${commands.join('\n')}\n`,
    environment: systemEnvironment(),
  });
}

/** Sets kernel parameters of a namespace, by their path under /proc/sys. */
export async function setKernelParameters(
  namespace: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const script = Object.entries(parameters).map(
    ([path, value]) => `echo ${value} >/proc/sys/${path}`,
  );
  await outputOf('nsenter', [`--net=${namespacePath(namespace)}`, 'sh', '-ec', script.join('\n')]);
}

/** Links a namespace to the machine's own, so that tests reach it with plain processes. */
export async function joinMachine(bed: Bed, namespace: string): Promise<void> {
  const outside = `${bed.name}-out`;
  await configure(undefined, [
    `link add ${outside} type veth peer name machine0 netns ${namespace}`,
    `address add ${bed.link.outside}/30 dev ${outside}`,
    `link set ${outside} up`,
  ]);
  await configure(namespace, [
    `address add ${bed.link.inside}/30 dev machine0`,
    'link set machine0 up',
  ]);
}

/**
 * Makes the segment that all machines of a lab share: a bridge alone in its namespace, because a
 * speaker beside a bridge would answer on the bridge's ports too.
 */
export async function makeSegment(bed: Bed): Promise<string> {
  const namespace = await bed.addNamespace('sw');
  await configure(namespace, ['link add bridge0 type bridge', 'link set bridge0 up']);
  return namespace;
}

/** Plugs `eth0` of a namespace into the segment, and waits until the segment carries its frames. */
export async function joinSegment(
  segment: string,
  namespace: string,
  addresses: readonly string[],
): Promise<void> {
  const port = portOf(namespace.slice(namespace.indexOf('-') + 1));
  await configure(segment, [
    `link add ${port} type veth peer name eth0 netns ${namespace}`,
    `link set ${port} master bridge0 up`,
  ]);
  await configure(namespace, [
    ...addresses.map((address) => `address add ${address} dev eth0${noDetection(address)}`),
    'link set eth0 up',
  ]);
  await untilForwarded(segment, port);
}

/** The kernel notices a carrier in its own time, and drops what is sent before. */
async function untilForwarded(segment: string, port: string): Promise<void> {
  const words = ['-n', segment, '-json', '-details', 'link', 'show', 'dev', port];
  await eventually(
    `the segment to carry frames of ${port}`,
    async () => {
      const [link] = JSON.parse(await outputOf('ip', words)) as PortDetails[];
      const isUp =
        link?.operstate === 'UP' && link.linkinfo?.info_slave_data?.state === 'forwarding';
      return isUp ? true : undefined;
    },
    { everyMs: 20 },
  );
}

interface PortDetails {
  readonly operstate?: string;
  readonly linkinfo?: { readonly info_slave_data?: { readonly state?: string } };
}

/** The name of the segment's end of a machine's cable. */
export function portOf(machine: string): string {
  return `port-${machine}`.slice(0, 15);
}

/** An IPv6 address under duplicate detection cannot be bound for a second or two. */
function noDetection(address: string): string {
  return address.includes(':') ? ' nodad' : '';
}
