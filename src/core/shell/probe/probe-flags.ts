import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../facts/errors.ts';
import { httpPath } from './http-path.ts';

const group = 'WIRE';

/** How to look at the wire besides; nobody looks unless told. */
export const probeFlags = {
  probe: Flags.boolean({
    description:
      'also look at the wire from this host: ask who has the addresses (ARP, NDP) and try their TCP ports',
    helpGroup: group,
  }),
  'from-node': Flags.string({
    description:
      'look from this node, in a short-lived Pod that is shown and asked about first (repeatable)',
    helpValue: 'NODE',
    exclusive: ['wait'],
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: group,
  }),
  interface: Flags.string({
    description: 'interface to ask on (default: the one whose network holds the address)',
    helpValue: 'NAME',
    helpGroup: group,
  }),
  count: Flags.integer({
    description: 'how often to ask who has an address (default: 3)',
    helpValue: 'NUMBER',
    min: 1,
    max: 50,
    helpGroup: group,
  }),
  http: Flags.string({
    description:
      'also ask the TCP ports for this path by HTTP, 443 and 8443 by HTTPS (--http alone: /)',
    helpValue: 'PATH',
    parse: async (typed) => httpPath(typed),
    helpGroup: group,
  }),
  udp: Flags.boolean({
    description:
      'also try UDP ports: one empty datagram each; only a refusal or an answer says something',
    helpGroup: group,
  }),
  image: Flags.string({
    description: 'with --from-node: image of the Pod, with triage or with busybox in it',
    helpValue: 'IMAGE',
    default: 'busybox:1.37',
    env: 'TRIAGE_PROBE_IMAGE',
    helpGroup: group,
  }),
  'probe-namespace': Flags.string({
    description: "with --from-node: namespace of the Pod (default: MetalLB's own)",
    helpValue: 'NAME',
    dependsOn: ['from-node'],
    helpGroup: group,
  }),
  yes: Flags.boolean({
    char: 'y',
    dependsOn: ['from-node'],
    description: 'with --from-node: make the Pods that are shown without asking',
    helpGroup: group,
  }),
};

/** These flags, as parsed. */
export interface ProbeFlags {
  readonly probe: boolean;
  readonly 'from-node'?: readonly string[] | undefined;
  readonly interface?: string | undefined;
  readonly count?: number | undefined;
  readonly http?: string | undefined;
  readonly udp: boolean;
  readonly image: string;
  readonly 'probe-namespace'?: string | undefined;
  readonly yes: boolean;
}

/** Without a look they would have no effect. */
const hows = ['interface', 'count', 'http', 'udp'] as const;

/** Whether anybody is to look at the wire. A recording holds what was seen then, and nothing of it can be asked again. */
export function wantsLook(flags: ProbeFlags, from: string | undefined): boolean {
  const nodes = flags['from-node'] ?? [];
  const isWanted = flags.probe || nodes.length > 0;
  if (isWanted && from !== undefined) {
    throw new UsageError(
      `--${flags.probe ? 'probe' : 'from-node'} looks at the wire as it is now, and --from answers from what was recorded`,
      {
        suggestions: [
          'leave one of them out; a recording made with --probe shows what was seen then by itself',
        ],
      },
    );
  }
  const vain = hows.filter((name) => flags[name] !== undefined && flags[name] !== false);
  if (!isWanted && vain.length > 0) {
    throw new UsageError(
      `${vain.map((name) => `--${name}`).join(', ')} says how to look at the wire, and nobody is to look`,
      { suggestions: ['add --probe, or --from-node NODE'] },
    );
  }
  if (nodes.some((name) => name.trim() === '')) {
    throw new UsageError('--from-node needs the name of a node');
  }
  return isWanted;
}
