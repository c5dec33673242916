import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Workload } from '../../core/facts/kube-objects.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** The operator installs MetalLB when it finds one resource MetalLB, of the name `metallb`, in its namespace. */
export const operatorHasItsOrder = defineCheck({
  id: 'MLB-I40',
  asks: 'Has the MetalLB operator made a MetalLB?',
  symptoms: ['pending', 'health'],
  causes: ['operator-without-metallb'],
  needs: ['deployments', 'daemonSets'],
  helps: [],
  everywhere: ['deployments', 'daemonSets'],
  basis: 'observed',
  run: ({ deployments, installations }, subject) => {
    if (installations.some((each) => each.controller !== undefined || each.speaker !== undefined)) {
      return [];
    }
    return deployments.filter(isOperator).map((operator) => {
      const { name, namespace = 'metallb-system' } = operator.metadata;
      const about = refOf(operator);
      return {
        cause: 'operator-without-metallb',
        severity: 'error' as const,
        about,
        affects: everyoneOr(subject),
        says: `the MetalLB operator in ${namespace} has not made a MetalLB: there is neither controller nor speaker`,
        details: [
          `it wants a resource MetalLB called metallb in ${namespace}; by any other name it is Degraded, IncorrectMetalLBResourceName`,
          ...(operator.status.ready === 0 ? [`and ${name} itself has no ready pod`] : []),
        ],
        because: [seenField(about, 'status.readyReplicas', String(operator.status.ready))],
        suggests: [
          {
            says: 'see whether there is one, what it is called and what its conditions say',
            command: 'kubectl get metallbs.metallb.io -A -o yaml',
            mutates: false,
          },
          {
            says: 'read what the operator says',
            command: kubectl`-n ${namespace} logs ${`deployment/${name}`} --tail=50`,
            mutates: false,
          },
        ],
      };
    });
  },
});

function isOperator({ metadata, spec }: Workload): boolean {
  return (
    /metallb-operator-controller-manager|^metallb-operator$/.test(metadata.name) ||
    spec.template.containers.some(({ image }) => /metallb-(?:rhel\d+-)?operator/.test(image))
  );
}
