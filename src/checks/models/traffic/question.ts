import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Background } from '../../../core/diagnosis/facts.ts';
import { isServedBy } from '../allocation/pool-membership.ts';
import { addressesIn } from '../services.ts';

/** Why nothing can be asked of what lies behind one Service; undefined when it can. */
export function noDataPath({ installation }: Background, subject: Subject): string | undefined {
  if (installation === undefined) {
    return 'no MetalLB was found';
  }
  if (subject === undefined) {
    return 'it is asked of one Service only';
  }
  if (addressesIn(subject).length === 0) {
    return 'the Service has no address';
  }
  return isServedBy(installation, subject)
    ? undefined
    : 'MetalLB does not serve the class of this Service';
}

/** The same, for what only Services with a selector are asked. */
export function noSelector(facts: Background, subject: Subject): string | undefined {
  const why = noDataPath(facts, subject);
  return why ?? (hasSelector(subject) ? undefined : 'the Service has no selector');
}

function hasSelector(subject: Subject): boolean {
  return Object.keys(subject?.spec.selector ?? {}).length > 0;
}

/** The same, for Services whose endpoints are made by hand. */
export function noHandMade(facts: Background, subject: Subject): string | undefined {
  const why = noDataPath(facts, subject);
  return why ?? (hasSelector(subject) ? 'the Service has a selector' : undefined);
}
