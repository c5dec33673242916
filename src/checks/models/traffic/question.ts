import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Background, Facts } from '../../../core/diagnosis/facts.ts';
import { noServedAddress } from '../one-service.ts';
import { servingOf } from './backends.ts';

/** Why what only Services with a selector are asked cannot be asked of one. */
export function noSelector(facts: Background, subject: Subject): string | undefined {
  const why = noServedAddress(facts, subject);
  return why ?? (hasSelector(subject) ? undefined : 'the Service has no selector');
}

function hasSelector(subject: Subject): boolean {
  return Object.keys(subject?.spec.selector ?? {}).length > 0;
}

/** The same, for Services whose endpoints are made by hand. */
export function noHandMade(facts: Background, subject: Subject): string | undefined {
  const why = noServedAddress(facts, subject);
  return why ?? (hasSelector(subject) ? 'the Service has a selector' : undefined);
}

/** The same, for what is asked of the endpoints that can serve. */
export function noServing(facts: Facts<'endpointSlices'>, subject: Subject): string | undefined {
  const why = noServedAddress(facts, subject);
  return (
    why ??
    (subject !== undefined && servingOf(subject, facts).length > 0
      ? undefined
      : 'no endpoint can serve')
  );
}
