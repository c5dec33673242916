import type { CheckId, Diagnosis } from '../facts/finding.ts';
import { nameOf, type ObjectRef } from '../facts/object-ref.ts';

interface KnownCause {
  readonly cause: string;
  readonly about: ObjectRef;
}

/** The same cause on the same object is the same trouble, whatever it says by now. */
export function idOf({ cause, about }: KnownCause): string {
  return `${cause} ${nameOf(about)}`;
}

/**
 * Why a cause of before cannot be said to have gone, though it is none of the root causes any more: it could not be
 * looked at again, or stands behind a graver one. Undefined when it has gone.
 */
export function lingering(
  cause: KnownCause & { readonly check: CheckId },
  { verdicts }: Pick<Diagnosis, 'verdicts'>,
): 'unknown' | 'behind' | undefined {
  const verdict = verdicts.find(({ check }) => check === cause.check);
  if (verdict?.verdict === 'unknown') {
    return 'unknown';
  }
  const isFound =
    verdict?.verdict === 'fail' && verdict.findings.some((each) => idOf(each) === idOf(cause));
  return isFound ? 'behind' : undefined;
}
