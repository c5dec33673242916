import type { Subject } from '../../core/diagnosis/check.ts';
import type { Background } from '../../core/diagnosis/facts.ts';
import { isServedBy } from './allocation/pool-membership.ts';
import { addressesIn } from './services.ts';

/** Why nothing can be asked of the addresses that one Service has of MetalLB; undefined when it can. */
export function noServedAddress(
  { installation }: Background,
  subject: Subject,
): string | undefined {
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
