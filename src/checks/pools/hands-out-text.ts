import type { LabelSelector } from '../../core/facts/kube-objects.ts';
import type { Pinning, Pool } from '../../core/metallb/configuration.ts';
import type { Behaviour } from '../../core/metallb/versions.ts';

/** Who may have addresses of a pool, and whether it must be asked for, in a line. */
export function handsOutText({ autoAssign, pinning }: Pool, behaviour: Behaviour): string {
  const how = autoAssign ? 'automatic' : 'only when asked for (autoAssign: false)';
  if (pinning === undefined) {
    return how;
  }
  const priority = pinning.priority === 0 ? '' : `, priority ${pinning.priority}`;
  return `${how}, ${whomText(pinning, behaviour)}${priority}`;
}

function whomText(pinning: Pinning, behaviour: Behaviour): string {
  const namespaces = [...pinning.namespaces].toSorted();
  if (pinning.namesNobody) {
    return behaviour.unnamedPinningServesAll
      ? 'before the pools without serviceAllocation'
      : 'never by itself: its serviceAllocation names nobody (#2656)';
  }
  const parts = [
    ...(namespaces.length === 0
      ? []
      : [`for namespace${namespaces.length === 1 ? '' : 's'} ${namespaces.join(', ')}`]),
    ...(pinning.serviceSelectors.length === 0
      ? []
      : [`for Services with ${pinning.serviceSelectors.map(selectorText).join(' or ')}`]),
  ];
  return parts.length === 0
    ? 'never by itself: its namespaceSelectors match no namespace'
    : parts.join(' and ');
}

function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const rules = matchExpressions.map(({ key, operator, values }) =>
    values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
  );
  const all = [...labels, ...rules].toSorted();
  return all.length === 0 ? 'any labels' : all.join(' and ');
}
