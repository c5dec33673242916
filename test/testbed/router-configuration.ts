import { SEGMENT } from './lab-node.ts';
import type { LabNode } from './lab-node.ts';

/** What the router takes for the sessions of the nodes. */
export interface BGPPeering {
  /** Its own autonomous system; 64500 by default. */
  readonly routerAs?: number;
  /** The one it expects of the nodes; 64501 by default. */
  readonly nodesAs?: number;
  readonly password?: string;
}

/** The daemon's configuration: it waits for one session per node and sets their routes side by side. */
export function routerConfiguration(nodes: readonly LabNode[], peering: BGPPeering): string {
  return [
    `router id ${SEGMENT.router};`,
    'log stderr all;',
    'protocol device {}',
    'protocol kernel { merge paths yes; ipv4 { export all; import none; }; }',
    ...nodes.map((node) => sessionWith(node, peering)),
    '',
  ].join('\n');
}

function sessionWith(node: LabNode, peering: BGPPeering): string {
  const { routerAs = 64_500, nodesAs = 64_501, password } = peering;
  return [
    `protocol bgp ${node.name} {`,
    `  local ${SEGMENT.router} as ${routerAs};`,
    `  neighbor ${node.address} as ${nodesAs};`,
    '  passive yes;',
    '  error wait time 1, 2;',
    ...(password === undefined ? [] : [`  password "${password}";`]),
    '  ipv4 { import all; export none; };',
    '}',
  ].join('\n');
}
