import { allocationBugs } from './allocation.ts';
import { announcingBugs } from './announcing.ts';
import { bgpBugs } from './bgp.ts';
import { chartBugs } from './chart.ts';
import { installingBugs } from './installing.ts';
import { interfaceBugs } from './interfaces.ts';
import type { KnownBug } from './known-bug.ts';
import { linkBugs } from './links.ts';
import { neighbourCheckBugs } from './neighbour-checks.ts';
import { statusBugs } from './statuses.ts';
import { twoFamilyBugs } from './two-families.ts';
import { upkeepBugs } from './upkeep.ts';

/** Every fault of MetalLB's releases that is recognised, in the order in which matches are told. */
export const bugs: readonly KnownBug[] = [
  ...installingBugs,
  ...allocationBugs,
  ...twoFamilyBugs,
  ...upkeepBugs,
  ...announcingBugs,
  ...bgpBugs,
  ...interfaceBugs,
  ...linkBugs,
  ...neighbourCheckBugs,
  ...statusBugs,
  ...chartBugs,
];

/** The bug of this number, written as `metallb#2626` or `#2626`; undefined when none is listed under it. */
export function bugOf(id: string): KnownBug | undefined {
  const wanted = id.startsWith('#') ? `metallb${id}` : id.toLowerCase();
  return (
    bugs.find(({ bug }) => bug === wanted) ?? bugs.find(({ related }) => related.includes(wanted))
  );
}
