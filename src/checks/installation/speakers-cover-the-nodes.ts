import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Node, Taint, Workload } from '../../core/facts/kube-objects.ts';
import { placementLines } from '../models/programs/placement.ts';
import { taintLine, taintText, untolerated } from '../models/programs/taints.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** Speakers tolerate the taints of control planes and no other; a node without a speaker announces nothing. */
export const speakersCoverTheNodes = defineCheck({
  id: 'MLB-I35',
  asks: 'Is there a speaker for every node?',
  symptoms: ['health'],
  causes: ['speaker-missing-on-nodes'],
  needs: ['nodes', 'deployments', 'daemonSets', 'pods'],
  helps: [],
  basis: 'observed',
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    const speaker = speakerOf(facts);
    return speaker?.workload === undefined || speaker.pods.length === 0
      ? 'no speaker runs at all'
      : undefined;
  },
  run: (facts) => {
    const speaker = speakerOf(facts);
    const template = speaker?.workload?.spec.template;
    if (speaker?.workload === undefined || template === undefined) {
      return [];
    }
    const taken = new Set(speaker.pods.map((pod) => pod.spec.nodeName));
    const bare = facts.nodes
      .filter((node) => !taken.has(node.metadata.name) && fits(node, template.nodeSelector))
      .map((node) => ({ node, taint: untolerated(node, template.tolerations) }))
      .flatMap(({ node, taint }) => (taint === undefined ? [] : [{ node, taint }]))
      .toSorted((a, b) => (a.node.metadata.name < b.node.metadata.name ? -1 : 1));
    const [first] = bare;
    if (first === undefined) {
      return [];
    }
    return [
      findingOf(bare, first, { speaker, workload: speaker.workload, nodes: facts.nodes.length }),
    ];
  },
});

interface Bare {
  readonly node: Node;
  readonly taint: Taint;
}

interface Scene {
  readonly speaker: Program;
  readonly workload: Workload;
  readonly nodes: number;
}

function findingOf(bare: readonly Bare[], first: Bare, { speaker, workload, nodes }: Scene): Found {
  const { tolerations } = workload.spec.template;
  const names = bare.map(({ node }) => node.metadata.name);
  const meant = bare.some(({ taint }) => tolerations.some(({ key }) => key === taint.key));
  const about = refOf(workload);
  return {
    cause: 'speaker-missing-on-nodes',
    // A toleration that names the taint and does not fit it was meant to.
    severity: meant || bare.length * 2 > nodes ? 'warning' : 'info',
    about,
    affects: [],
    says: `no speaker runs on ${shortList(names)}: ${taintText(first.taint)} keeps it away`,
    details: [
      ...bare.slice(0, shown).map(({ node, taint }) => taintLine(node, taint)),
      ...placementLines(workload.spec.template),
      'such a node announces nothing; with externalTrafficPolicy: Local its endpoints are not reached',
    ],
    because: bare
      .slice(0, shown)
      .map(({ node, taint }) => seenField(refOf(node), 'spec.taints', taintText(taint))),
    doubts: ['these nodes are not meant to announce addresses'],
    suggests: [
      {
        says: `let the speakers tolerate it (chart: speaker.tolerations), with operator: Exists where any value is meant`,
        command: kubectl`-n ${speaker.namespace} edit ${speaker.handle}`,
        mutates: true,
      },
    ],
  };
}

const shown = 5;

function fits({ metadata }: Node, selector: Readonly<Record<string, string>>): boolean {
  const labels = new Map(Object.entries(metadata.labels));
  return Object.entries(selector).every(([key, value]) => labels.get(key) === value);
}

function shortList(names: readonly string[]): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more nodes` : ''}`;
}
