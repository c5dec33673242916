import { UsageError } from '../../facts/errors.ts';
import { namespacesInWords } from '../../facts/reading.ts';
import type { Installation } from '../../facts/snapshot.ts';
import { findInstallations, type Marks } from './find-installations.ts';

/**
 * The installations that the marks show, the one in `asked` (`--metallb-namespace`) first. A namespace
 * without any trace of MetalLB is refused while it runs elsewhere: else the wrong flag would be diagnosed
 * as a missing controller.
 */
export function chosenInstallations(
  marks: Marks,
  asked: string | undefined,
): readonly Installation[] {
  const installations = findInstallations(marks, asked);
  const there = installations.find(({ namespace }) => namespace === asked);
  const elsewhere = installations
    .map(({ namespace }) => namespace)
    .filter((namespace) => namespace !== asked);
  const isWrong = there?.foundBy.length === 0 && elsewhere.length > 0;
  if (!isWrong || !sawAllWorkloads(marks)) {
    return installations;
  }
  throw new UsageError(
    `no MetalLB is in namespace ${asked}: it is in ${namespacesInWords(elsewhere)}`,
    { suggestions: ['leave --metallb-namespace out: MetalLB is found without it'] },
  );
}

function sawAllWorkloads({ readings }: Marks): boolean {
  return [readings.deployments, readings.daemonSets].every(
    (reading) => reading.state === 'read' && reading.within === undefined,
  );
}
