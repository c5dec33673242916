import { shellWord } from '../../core/facts/shell-word.ts';

/** Who runs the program, and what is to be run with the right. */
export interface Caller {
  readonly uid: number;
  readonly gid: number;
  /** The Node that runs. */
  readonly node: string;
  /** `triage arp 192.0.2.9`. */
  readonly command: string;
}

/** One way to get CAP_NET_RAW. */
export interface Way {
  readonly says: string;
  readonly command?: string;
}

/** How to get the one right that is missing, the smallest change first. */
export function waysToRawSockets({ uid, gid, node, command }: Caller): readonly Way[] {
  const pod =
    'in a Pod: securityContext.capabilities.add [NET_RAW] for a container that runs as root, in a namespace that Pod security lets have it';
  if (uid === 0) {
    return [
      { says: 'root without CAP_NET_RAW is a container: start it with --cap-add NET_RAW' },
      { says: pod },
    ];
  }
  const ambient = '--inh-caps +net_raw --ambient-caps +net_raw';
  return [
    { says: 'this once, as root', command: `sudo env "PATH=$PATH" ${command}` },
    {
      says: 'this once, as yourself with that right alone',
      command: `sudo setpriv --reuid ${uid} --regid ${gid} --init-groups ${ambient} env "PATH=$PATH" ${command}`,
    },
    {
      says: 'for good, until Node is updated; from then on every script of everybody may listen on the wire, so rather not on a shared host (undo: setcap -r)',
      command: `sudo setcap cap_net_raw+ep ${shellWord(node)}`,
    },
    { says: 'in a systemd unit: AmbientCapabilities=CAP_NET_RAW' },
    { says: pod },
  ];
}
