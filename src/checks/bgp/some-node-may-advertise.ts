import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { CauseId, Remedy } from '../../core/facts/finding.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import type { NodeObstacle } from '../../core/metallb/election/speakers.ts';
import { isLocal, servingIn } from '../../core/metallb/election/serving.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { obstacleIn } from '../models/bgp/decisions.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** A node can be barred from advertising: by a label, by its network, in v0.14.9 by being cordoned. */
export const someNodeMayAdvertise = bgpCheck({
  id: 'MLB-B06',
  asks: 'Is there a node that may advertise the address by BGP?',
  causes: ['nodes-excluded-by-label', 'node-network-unavailable', 'cordoned-nodes-silent'],
  link: 'eligible',
  run: (way, { nodes }) => {
    const isMeant = placesOf(way);
    const selected = [...way.announcing.bgp].filter(
      ([name, each]) =>
        isMeant(name) &&
        (each.advertises || (each.reason !== 'notOwner' && each.reason !== undefined)),
    );
    const barred = selected.flatMap(([name, each]) => {
      const obstacle = obstacleIn(each);
      const node = nodes.find(({ metadata }) => metadata.name === name);
      return obstacle === undefined || node === undefined ? [] : [{ node, obstacle }];
    });
    const byObstacle = Map.groupBy(barred, ({ obstacle }) => obstacle);
    return barred.length < selected.length
      ? []
      : [...byObstacle].map(([obstacle, alike]) => ({
          ...findingOf(
            way,
            obstacle,
            alike.map(({ node }) => node),
          ),
          // control planes carry it from the day they were made: what else bars a node is what has changed
          ...(obstacle === 'excluded-by-label' && byObstacle.size > 1
            ? { severity: 'warning' as const }
            : {}),
        }));
  },
});

/** With policy Local only nodes with an endpoint count, once there are any. */
function placesOf({ service, announcing }: BGPWay): (node: string) => boolean {
  const { nodes } = servingIn(announcing.speakers.slicesOf(service));
  return (node) => !isLocal(service) || nodes.size === 0 || nodes.has(node);
}

function findingOf(
  way: BGPWay,
  obstacle: NodeObstacle,
  barred: readonly Node[],
): Omit<Found, 'affects'> {
  const names = barred.map(({ metadata }) => metadata.name).toSorted();
  const words = wordsOf[obstacle];
  return {
    cause: words.cause,
    severity: severityOn(way),
    about: refOf(way.service),
    says: `${isLocal(way.service) ? 'no node with an endpoint' : 'no node'} may advertise it by BGP: ${someOf(names)} ${words.says[names.length === 1 ? 0 : 1]}`,
    details: [words.rule, ...otherWayLines(way)],
    because: barred.slice(0, shown).map(words.seen),
    suggests: words.suggests(meantMost(barred) ?? 'NODE'),
  };
}

const shown = 5;

const controlPlane = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

/** Control planes are barred on purpose more often than other nodes. */
function meantMost(barred: readonly Node[]): string | undefined {
  const others = barred.filter(
    ({ metadata }) => !Object.keys(metadata.labels).some((key) => controlPlane.test(key)),
  );
  const names = (others.length === 0 ? barred : others).map(({ metadata }) => metadata.name);
  return names.toSorted()[0];
}

interface Words {
  readonly cause: CauseId;
  /** Of one node, and of several. */
  readonly says: readonly [one: string, several: string];
  readonly rule: string;
  readonly seen: (node: Node) => Evidence;
  readonly suggests: (node: string) => readonly Remedy[];
}

const wordsOf: Readonly<Record<NodeObstacle, Words>> = {
  'excluded-by-label': {
    cause: 'nodes-excluded-by-label',
    says: [
      'carries the label that keeps a node out of external load balancers',
      'carry the label that keeps a node out of external load balancers',
    ],
    rule: `speakers heed ${excludeLabel}, whatever its value is, even "false"; kubeadm and Talos set it on control planes`,
    seen: (node) =>
      seenField(
        refOf(node),
        `metadata.labels[${excludeLabel}]`,
        new Map(Object.entries(node.metadata.labels)).get(excludeLabel) || '(empty)',
      ),
    suggests: (node) => [
      {
        says: 'take the label off the nodes that shall advertise',
        command: kubectl`label node ${node} ${`${excludeLabel}-`}`,
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
    says: [
      'says that its network is not up (NetworkUnavailable)',
      'say that their network is not up (NetworkUnavailable)',
    ],
    rule: 'the network plugin, or the cloud controller, sets this condition to False once the network of the node works',
    seen: (node) => seenField(refOf(node), 'status.conditions[NetworkUnavailable]', 'True'),
    suggests: (node) => [
      {
        says: 'see why: its network plugin has not come up there, or never clears the condition',
        command: kubectl`describe node ${node}`,
        mutates: false,
      },
    ],
  },
  unschedulable: {
    cause: 'cordoned-nodes-silent',
    says: [
      'is cordoned, and speakers of v0.14.9 do not advertise from such a node',
      'are cordoned, and speakers of v0.14.9 do not advertise from such nodes',
    ],
    rule: 'only v0.14.9 does so (#2470); v0.15.0 took it back (#2715)',
    seen: (node) => seenField(refOf(node), 'spec.unschedulable', 'true'),
    suggests: (node) => [
      {
        says: 'let a node take pods again',
        command: kubectl`uncordon ${node}`,
        mutates: true,
      },
      { says: 'go to v0.15.0 or later', mutates: true },
    ],
  },
};
