import { UsageError } from '../../facts/errors.ts';

/** A pipe is empty when it is read again: two answers would then rest on nothing. */
export function refuseTwice(paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new UsageError('stdin can be read once only: name a file for one of the two');
  }
}
