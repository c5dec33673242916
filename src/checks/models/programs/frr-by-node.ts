import type { Facts } from '../../../core/diagnosis/facts.ts';
import { isFRRK8s, isOfFRR, measuresOnly, routersOf } from './frr-k8s.ts';
import { troubleOf } from './pod-trouble.ts';
import { speakerOf } from './programs.ts';

/** Nodes on which FRR fails, as their pods tell, in the mode the speakers are set to. */
export interface FRRByNode {
  readonly failing: ReadonlySet<string>;
  /** Only what measures it fails. */
  readonly measuring: ReadonlySet<string>;
  /** It fails in pods that no node has taken yet: which nodes they belong on is not known. */
  readonly hasUnplaced: boolean;
}

/** Where FRR fails; nothing of nodes whose pods were not read. */
export function frrByNode(facts: Facts<'daemonSets' | 'pods', 'deployments'>): FRRByNode {
  const struck = facts.installation?.bgpType === 'frr' ? inSpeakers(facts) : inPodsOfItsOwn(facts);
  const nodes = (measures: boolean) =>
    new Set(
      struck.flatMap(({ node, measuresOnly: only }) =>
        only === measures && node !== undefined ? node : [],
      ),
    );
  return {
    failing: nodes(false),
    measuring: nodes(true),
    hasUnplaced: struck.some(({ node }) => node === undefined),
  };
}

interface Struck {
  readonly node: string | undefined;
  readonly measuresOnly: boolean;
}

function inPodsOfItsOwn({
  daemonSets,
  pods,
  takenAt,
}: Facts<'daemonSets' | 'pods', never>): readonly Struck[] {
  return daemonSets
    .filter(isFRRK8s)
    .flatMap((each) => routersOf(each, pods, takenAt).failing)
    .map(({ pod, measuresOnly: only }) => ({ node: pod.spec.nodeName, measuresOnly: only }));
}

function inSpeakers(facts: Facts<'daemonSets' | 'pods', 'deployments'>): readonly Struck[] {
  return (speakerOf(facts)?.pods ?? []).flatMap((pod) => {
    const trouble = troubleOf(pod, facts.takenAt);
    return trouble?.kind === 'crash' && isOfFRR(trouble.container)
      ? [{ node: pod.spec.nodeName, measuresOnly: measuresOnly(trouble.container) }]
      : [];
  });
}
