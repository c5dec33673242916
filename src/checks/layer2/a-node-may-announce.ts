import { type Found } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { CauseId, Remedy } from '../../core/facts/finding.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import type { NodeObstacle } from '../../core/metallb/election/speakers.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { gravityIn, type Layer2Scene } from '../models/layer2/scene.ts';
import { nodesText } from '../models/layer2/told.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { keyOfService } from '../models/services.ts';
import { clusterPolicy } from '../models/service-remedies.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

const label = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Nodes can be barred from announcing: by a label, by a network that is not up, in v0.14.9 by being cordoned. */
export const aNodeMayAnnounce = layer2Check({
  id: 'MLB-L03',
  asks: 'May any node announce that the advertisements select?',
  causes: ['nodes-excluded-by-label', 'node-network-unavailable', 'cordoned-nodes-silent'],
  link: 'eligible',
  run: (scene, facts) => {
    const barred = barredIn(scene);
    const [worst] = [...Map.groupBy(barred, ({ obstacle }) => obstacle)]
      .map(([obstacle, all]) => ({ obstacle, names: new Set(all.map(({ name }) => name)) }))
      .toSorted(
        (a, b) =>
          b.names.size - a.names.size || order.indexOf(a.obstacle) - order.indexOf(b.obstacle),
      );
    return worst === undefined
      ? []
      : [
          finding(scene, worst.obstacle, {
            barred: facts.nodes.filter(({ metadata }) => worst.names.has(metadata.name)),
            all: barred.length,
          }),
        ];
  },
});

/** Where as many nodes are barred by the one as by the other; control planes carry the label by rights. */
const order: readonly NodeObstacle[] = [
  'network-unavailable',
  'unschedulable',
  'excluded-by-label',
];

interface Barred {
  readonly name: string;
  readonly obstacle: NodeObstacle;
}

/**
 * The nodes selected, when each of them is barred. That no endpoint can serve, or that the status is spoilt, does not
 * take the bar away: who mends the one meets the other next.
 */
function barredIn({ selected }: Layer2Scene): readonly Barred[] {
  const barred = selected.flatMap(({ name, obstacles: [obstacle] }) =>
    obstacle === undefined ? [] : [{ name, obstacle }],
  );
  return barred.length === selected.length ? barred : [];
}

interface BarredNodes {
  readonly barred: readonly Node[];
  /** How many are barred for any reason. */
  readonly all: number;
}

function finding(scene: Layer2Scene, obstacle: NodeObstacle, { barred, all }: BarredNodes): Found {
  const names = barred.map(({ metadata }) => metadata.name).toSorted();
  const isLocal = scene.serves && scene.service.spec.externalTrafficPolicy === 'Local';
  const about = refOf(scene.service);
  const which = isLocal ? 'every node with an endpoint' : 'every node that could announce it';
  const words = wordsOf[obstacle];
  return {
    cause: words.cause,
    severity: gravityIn(scene),
    about,
    affects: [about],
    says:
      names.length < all
        ? `${names.length === 1 ? '' : 'each of '}${someOf(names)} ${words.says}, and no other node may announce it`
        : `${which} ${words.says}: ${nodesText(names)}`,
    details: [
      words.rule,
      ...(isLocal
        ? ['with externalTrafficPolicy: Local only a node with an endpoint of its own announces']
        : []),
    ],
    because: barred.slice(0, shown).map(words.seen),
    suggests: [
      ...words.suggests(workersFirst(barred)),
      ...(isLocal ? [clusterPolicy(scene.service)] : []),
      ...(names.length < all ? [whyTheOthers(scene.service)] : []),
    ],
  };
}

/** All Services together are told with their reasons counted, one with those of every node. */
function whyTheOthers(service: Service): Remedy {
  return {
    says: 'see why each of the other nodes is out',
    command: `triage announcers ${shellWord(keyOfService(service))}`,
    mutates: false,
  };
}

const shown = 5;

const controlPlane = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

/** By name, control planes last: on them the label often stands on purpose. */
function workersFirst(nodes: readonly Node[]): readonly string[] {
  return nodes
    .map(({ metadata: { name, labels } }) => ({
      name,
      last: Object.keys(labels).some((key) => controlPlane.test(key)),
    }))
    .toSorted((a, b) => Number(a.last) - Number(b.last) || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

interface Words {
  readonly cause: CauseId;
  readonly says: string;
  readonly rule: string;
  readonly seen: (node: Node) => Evidence;
  readonly suggests: (names: readonly string[]) => readonly Remedy[];
}

const wordsOf: Readonly<Record<NodeObstacle, Words>> = {
  'excluded-by-label': {
    cause: 'nodes-excluded-by-label',
    says: 'carries the label that keeps it from announcing',
    rule: `speakers heed ${label}, whatever its value is, even "false"; kubeadm and Talos set it on control planes`,
    seen: (node) =>
      seenField(refOf(node), `metadata.labels[${label}]`, node.metadata.labels[label] || '(empty)'),
    suggests: (names) => [
      {
        says: 'take the label off the nodes that shall announce',
        command: kubectl`label node ${names[0] ?? 'NODE'} ${`${label}-`}`,
        mutates: true,
      },
      {
        says: 'let the speakers ignore it everywhere: --ignore-exclude-lb (chart: speaker.ignoreExcludeLB=true)',
        mutates: true,
      },
    ],
  },
  'network-unavailable': {
    cause: 'node-network-unavailable',
    says: 'says that its network is not up (NetworkUnavailable)',
    rule: 'the network plugin, or the cloud controller, sets this condition to False once the network of the node works',
    seen: (node) => seenField(refOf(node), 'status.conditions[NetworkUnavailable]', 'True'),
    suggests: (names) => [
      {
        says: 'see why: its network plugin has not come up there, or never clears the condition',
        command: kubectl`describe node ${names[0] ?? 'NODE'}`,
        mutates: false,
      },
    ],
  },
  unschedulable: {
    cause: 'cordoned-nodes-silent',
    says: 'is cordoned, and speakers of v0.14.9 do not announce from such a node',
    rule: 'only v0.14.9 does so (#2470); v0.15.0 took it back (#2715)',
    seen: (node) => seenField(refOf(node), 'spec.unschedulable', 'true'),
    suggests: (names) => [
      {
        says: 'let a node take pods again',
        command: kubectl`uncordon ${names[0] ?? 'NODE'}`,
        mutates: true,
      },
      { says: 'go to v0.15.0 or later', mutates: true },
    ],
  },
};
