import type { Finding } from '../../core/facts/finding.ts';
import { frrComesUp } from '../installation/frr-comes-up.ts';
import { frrk8sComesUp } from '../installation/frr-k8s-comes-up.ts';
import { borrowed, type BorrowedFacts } from '../models/announcing/borrowed.ts';
import { type BGPWay, bgpWayOf, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { sendingsAtWork } from '../models/bgp/sessions.ts';
import { type FRRByNode, frrByNode } from '../models/programs/frr-by-node.ts';
import { refOf } from '../models/references.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** The speakers look well while the containers or pods that speak BGP for them crash. */
export const frrServesIt = borrowed({
  id: 'MLB-B11',
  asks: 'Does FRR run that speaks BGP for this address?',
  link: 'announced',
  from: [frrComesUp, frrk8sComesUp],
  causes: ['speaker-frr-failing'],
  skipWhen: (facts, subject) => {
    const way = bgpWayOf(facts, subject);
    return typeof way === 'string' ? way : undefined;
  },
  settle: (findings, facts, subject) => {
    const way = bgpWayOf(facts, subject);
    return typeof way === 'string' ? [] : findings.map((found) => settled(found, way, facts));
  },
});

function settled(found: Finding, way: BGPWay, facts: BorrowedFacts): Omit<Finding, 'check'> {
  const nodes = sendingsAtWork(way, facts).map(({ node }) => node);
  const byNode = frrByNode(facts);
  const left = nodes.filter((node) => !byNode.failing.has(node));
  return {
    ...found,
    severity: gradeOf(found, { nodes, left, byNode }) === 'error' ? severityOn(way) : 'warning',
    affects: [refOf(way.service)],
    details: [
      ...found.details,
      ...(left.length === 0 || left.length === nodes.length || byNode.hasUnplaced
        ? []
        : [
            `${left.length} of ${nodes.length} nodes that advertise the address have it: ${someOf(left.toSorted())}`,
          ]),
      ...otherWayLines(way),
    ],
  };
}

interface Places {
  /** That should advertise the address. */
  readonly nodes: readonly string[];
  /** Those of them where FRR is not known to fail. */
  readonly left: readonly string[];
  readonly byNode: FRRByNode;
}

/**
 * What matters are the nodes that should advertise this address, not all of the cluster. Which of them a pod belongs on
 * that no node takes is not known: then all of the cluster is what is known.
 */
function gradeOf({ severity }: Finding, { nodes, left, byNode }: Places): Finding['severity'] {
  if (nodes.length > 0 && left.length === 0) {
    return 'error';
  }
  if (byNode.hasUnplaced) {
    return severity;
  }
  const isUnplaceable = byNode.failing.size === 0 || nodes.length === 0;
  return isUnplaceable && byNode.measuring.size === 0 ? severity : 'warning';
}
