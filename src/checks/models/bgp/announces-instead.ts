import type { Background } from '../../../core/diagnosis/facts.ts';
import type { Workload } from '../../../core/facts/kube-objects.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { type Reading, itemsIfRead } from '../../../core/facts/reading.ts';
import { type OtherBGP, otherBGPIn } from './other-bgp.ts';

/** What shows that somebody else is to announce; kinds that were not read show nothing. */
export interface InsteadFacts extends Pick<Background, 'installation'> {
  readonly daemonSets: Known<Workload>;
  readonly l2Advertisements: Known<unknown>;
  readonly bgpAdvertisements: Known<unknown>;
}

type Known<T> = readonly T[] | Reading<T>;

/**
 * Who announces in the place of MetalLB: Calico and kube-router advertise addresses that MetalLB only hands out, and
 * then there are neither speakers nor advertisements, on purpose. Whether they really do lies in kinds that are not read.
 */
export function announcesInstead(facts: InsteadFacts): OtherBGP | undefined {
  const { installation, daemonSets, l2Advertisements, bgpAdvertisements } = facts;
  const isOnPurpose =
    installation !== undefined &&
    installation.speaker === undefined &&
    isEmpty(l2Advertisements) &&
    isEmpty(bgpAdvertisements);
  const workloads = 'state' in daemonSets ? itemsIfRead(daemonSets) : daemonSets;
  return isOnPurpose
    ? workloads.flatMap((each) => otherBGPIn(each) ?? []).find(({ isOn }) => isOn)
    : undefined;
}

function isEmpty(known: Known<unknown>): boolean {
  return 'state' in known ? known.state === 'read' && known.items.length === 0 : known.length === 0;
}

/** What is to be known of it where speakers or advertisements are missed. */
export function insteadLines(other: OtherBGP | undefined): readonly string[] {
  return other === undefined
    ? []
    : [
        `${other.product} speaks BGP from the nodes, and MetalLB has neither speakers nor advertisements: ${other.product} may be meant to announce what MetalLB hands out`,
        other.means,
      ];
}

/** The first thing to do then. */
export function insteadRemedies(other: OtherBGP | undefined): readonly Remedy[] {
  return other === undefined
    ? []
    : [
        {
          says: `see whether ${other.product} announces them, and to whom`,
          command: other.look,
          mutates: false,
        },
      ];
}
