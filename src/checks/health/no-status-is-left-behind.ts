import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, isNotedByMetalLB, keyOfService, wantsAddress } from '../models/services.ts';

const shown = 8;

/** Nobody clears a status when MetalLB is removed: it leaves no finalizer. */
export const noStatusIsLeftBehind = defineCheck({
  id: 'MLB-H14',
  asks: 'Is there a MetalLB behind every address that MetalLB gave?',
  symptoms: ['pending', 'health'],
  causes: ['status-left-behind'],
  needs: ['services', 'deployments', 'daemonSets', 'pods'],
  helps: [],
  enoughInNamespace: ['services'],
  basis: 'observed',
  run: (facts, subject) => {
    const { installation } = facts;
    if (installation?.controller !== undefined || installation?.speaker !== undefined) {
      return [];
    }
    const left = (subject === undefined ? facts.services : [subject])
      .filter(
        (service) =>
          wantsAddress(service) && addressesIn(service).length > 0 && isNotedByMetalLB(service),
      )
      .toSorted((a, b) => (keyOfService(a) < keyOfService(b) ? -1 : 1));
    return left.length === 0 ? [] : [finding(left)];
  },
});

function finding(left: readonly Service[]): Found {
  const [first] = left;
  const who =
    left.length === 1 && first !== undefined
      ? `${keyOfService(first)} still shows an address`
      : `${left.length} Services still show addresses`;
  return {
    cause: 'status-left-behind',
    severity: 'warning',
    about: first === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(first),
    affects: left.map(refOf),
    says: `${who} of a MetalLB that is no longer here, and nobody announces it`,
    details: [
      ...left
        .slice(0, shown)
        .map((each) => `${keyOfService(each)}: ${addressesIn(each).join(', ')}`),
      ...(left.length > shown ? [`and ${left.length - shown} more`] : []),
    ],
    because: left
      .slice(0, shown)
      .map((each) =>
        seenField(refOf(each), 'status.loadBalancer.ingress', addressesIn(each).join(', ')),
      ),
    doubts: ['MetalLB runs outside the cluster, or under a name that was not recognised'],
    suggests: first === undefined ? [] : [clear(first)],
  };
}

function clear({ metadata }: Service) {
  const { name, namespace = 'default' } = metadata;
  return {
    says: 'if MetalLB is not to come back, empty the status; else install it again and it keeps the address',
    command: kubectl`-n ${namespace} patch service ${name} --subresource=status --type=merge -p ${'{"status":{"loadBalancer":{"ingress":null}}}'}`,
    mutates: true,
  };
}
