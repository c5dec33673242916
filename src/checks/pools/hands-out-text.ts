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
  const never = autoAssign ? neverText(pinning, behaviour) : undefined;
  return `${never ?? `${how}${whomText(pinning, behaviour)}`}${priority}`;
}

/** A pool that would be automatic if it were for anybody. */
function neverText(
  { namesNobody, namespaces, serviceSelectors }: Pinning,
  behaviour: Behaviour,
): string | undefined {
  const only = 'only when asked for: its';
  if (namesNobody) {
    return behaviour.unnamedPinningServesAll
      ? undefined
      : `${only} serviceAllocation names nobody (#2656)`;
  }
  return namespaces.size + serviceSelectors.length === 0
    ? `${only} namespaceSelectors match no namespace`
    : undefined;
}

function whomText(
  { namespaces, namesNobody, serviceSelectors }: Pinning,
  behaviour: Behaviour,
): string {
  if (namesNobody) {
    return behaviour.unnamedPinningServesAll ? ', before the pools without serviceAllocation' : '';
  }
  const names = [...namespaces].toSorted();
  const where =
    names.length === 0 ? '' : `namespace${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  if (serviceSelectors.length === 0) {
    return where === '' ? '' : `, for ${where}`;
  }
  const services = `, for Services with ${serviceSelectors.map(selectorText).join(' or ')}`;
  return where === '' ? services : `${services} in ${where}`;
}

function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const rules = matchExpressions.map(({ key, operator, values }) =>
    values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
  );
  const all = [...labels, ...rules].toSorted();
  return all.length === 0 ? 'any labels' : all.join(' and ');
}
