import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { LoadedCluster } from '../../core/metallb/loaded-cluster.ts';
import { whatIf, type WhatIf } from '../../core/metallb/what-if.ts';
import type { Wish } from '../../core/metallb/wish.ts';
import { refusedSteps } from './pool-changes.ts';

/** What was asked, and what came of it. */
interface Asked {
  readonly wish: Wish;
  readonly told: WhatIf;
}

/** Taking the last range out of a pool is refused; that deleting the pool passes is told only where it was tried. */
export function emptiedNotes(
  cluster: LoadedCluster,
  subject: Service,
  { wish, told }: Asked,
): readonly string[] {
  const emptied = refusedSteps(told)
    .filter(({ after }) => after?.spec.addresses.length === 0)
    .map(({ name }) => name);
  if (emptied.length === 0) {
    return [];
  }
  const pools = wish.pools?.map((each) =>
    emptied.includes(each.name) ? { ...each, removes: 'all' as const } : each,
  );
  const passes = refusedSteps(whatIf(cluster, subject, { ...wish, pools })).length === 0;
  const flags = emptied.map((name) => `--remove-pool ${shellWord(name)}`).join(' ');
  const [it, is] = emptied.length === 1 ? ['it', 'is'] : ['they', 'are'];
  return [
    `a pool cannot be left without a range${passes ? `: with ${flags} ${it} ${is} deleted, and then everything passes` : ''}`,
  ];
}
