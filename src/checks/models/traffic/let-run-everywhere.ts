import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import { someOf } from '../../../core/facts/in-words.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Workload } from '../../../core/facts/kube-objects.ts';
import type { LeftOut } from './left-out-nodes.ts';

/** The kubelet sets these itself, and a DaemonSet needs them: its image is for one system. */
const ofTheSystem = /^(?:beta\.)?kubernetes\.io\/(?:os|arch)=/;

/** What lets a DaemonSet run on the nodes that it leaves out, by what keeps it off them. */
export function letRunEverywhere(
  { metadata }: Workload,
  without: readonly LeftOut[],
): readonly Remedy[] {
  const lacked = [...new Set(without.flatMap(({ lacks }) => lacks))];
  const removable = lacked.filter((label) => !ofTheSystem.test(label));
  const ways = [
    ...(removable.length === 0 ? [] : [`take ${someOf(removable)} out of its node selector`]),
    ...(without.some(({ hasTaint }) => hasTaint) ? ['tolerate all taints (operator: Exists)'] : []),
  ];
  const own = lacked.filter((label) => ofTheSystem.test(label));
  return [
    ...own.map((label) => labelAnew(label, without)),
    ...(ways.length === 0
      ? []
      : [
          {
            says: `let it run on every node: ${ways.join(', and ')}`,
            command: kubectl`-n ${metadata.namespace ?? 'kube-system'} edit daemonset ${metadata.name}`,
            mutates: true,
          },
        ]),
  ];
}

function labelAnew(label: string, without: readonly LeftOut[]): Remedy {
  const nodes = without.filter(({ lacks }) => lacks.includes(label)).map(({ node }) => node);
  return {
    says: `see the labels of ${someOf(nodes)}: the kubelet sets ${label} at its start, so restart it there`,
    command: kubectl`get nodes -L ${label.replace(/=.*$/u, '')}`,
    mutates: false,
  };
}
