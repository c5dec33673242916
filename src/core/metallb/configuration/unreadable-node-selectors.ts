import type { BGPAdvertisement, BGPPeer, LabelSelector } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem } from '../configuration.ts';
import { selectorFault } from '../selectors.ts';
import { problemOf } from './problem.ts';

/** The objects of which nobody can tell which nodes they are for (MetalLB's dump of the selector is left out). */
export function unreadableNodeSelectors(
  objects: readonly (BGPAdvertisement | BGPPeer)[],
): readonly ConfigurationProblem[] {
  return objects.flatMap((object) => {
    const fault = faultIn(object.spec.nodeSelectors);
    const message = `${fault}\ninvalid label selector`;
    return fault === undefined
      ? []
      : [problemOf(object, { rule: 'selector-syntax', entry: 'nodeSelectors', message })];
  });
}

/** True when Kubernetes takes all of the selectors. */
export function areReadable(selectors: readonly LabelSelector[]): boolean {
  return faultIn(selectors) === undefined;
}

function faultIn(selectors: readonly LabelSelector[]): string | undefined {
  return selectors.map(selectorFault).find((fault) => fault !== undefined);
}
