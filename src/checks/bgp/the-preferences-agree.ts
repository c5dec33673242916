import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { BGPAdvertisement } from '../../core/facts/kube-objects.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { advertisingNodes, nodesThatSay } from '../models/bgp/decisions.ts';
import { advertisementName } from '../models/configuration/advertisements.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Two preferences for one update, where serviceSelectors keep the configuration valid: the Service leaves the node (v0.16.0). */
export const thePreferencesAgree = bgpCheck({
  id: 'MLB-B05',
  asks: 'Do the BGPAdvertisements of the Service agree on its local preference?',
  causes: ['bgp-preferences-conflict'],
  link: 'advertised',
  run: (way) => {
    const struck = nodesThatSay('conflictingAdvertisements', way);
    // the one that was written for some Services is mostly the one that is too much, whatever the two are called
    const first =
      way.advertisements.find(({ spec }) => spec.serviceSelectors.length > 0) ??
      way.advertisements[0];
    return struck.length === 0 || first === undefined ? [] : [findingOf(way, struck, first)];
  },
});

function findingOf(
  way: BGPWay,
  struck: readonly string[],
  first: BGPAdvertisement,
): Omit<Found, 'affects'> {
  const { service, advertisements } = way;
  const others = advertisingNodes(way);
  const about = refOf(first);
  return {
    cause: 'bgp-preferences-conflict',
    severity: others.length > 0 ? 'warning' : severityOn(way),
    about,
    says: `${someOf(advertisements.map(advertisementName).toSorted())} want different local preferences for the same routes of ${keyOfService(service)}, so ${someOf(struck)} ${struck.length === 1 ? 'advertises' : 'advertise'} none of its addresses`,
    details: [
      ...advertisements.map(
        (each) => `${advertisementName(each)}: localPref ${each.spec.localPref ?? 0}`,
      ),
      'the conflict takes the whole Service off the node, advertisements that agree included',
      ...(others.length === 0 ? [] : [`it is still advertised by ${someOf(others)}`]),
      ...otherWayLines(way),
    ],
    because: [
      workedOut(
        about,
        'metallb/speaker: conflictingAdvertisements (v0.16.0)',
        `two local preferences for ${keyOfService(service)} on ${someOf(struck)}`,
      ),
    ],
    suggests: [
      {
        says: 'give all of them one localPref, or let them differ in peers, nodes or aggregation length',
        command: kubectl`-n ${first.metadata.namespace ?? 'metallb-system'} get bgpadvertisements.metallb.io -o yaml`,
        mutates: false,
      },
    ],
  };
}
