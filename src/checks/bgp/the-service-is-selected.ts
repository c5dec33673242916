import type { Found } from '../../core/diagnosis/check.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { selectorText } from '../models/bgp/selector-text.ts';
import { advertisementName } from '../models/configuration/advertisements.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** From v0.16.0 an advertisement may be for some Services only, and leaves the others out in silence. */
export const theServiceIsSelected = bgpCheck({
  id: 'MLB-B04',
  asks: 'Do the BGPAdvertisements of the pool select the Service?',
  causes: ['service-not-selected'],
  link: 'advertised',
  run: (way) => (isLeftOut(way) ? [findingOf(way)] : []),
});

function isLeftOut({ announcing }: BGPWay): boolean {
  const reasons = [...announcing.bgp.values()].map((each) => (each.advertises ? '' : each.reason));
  return (
    reasons.includes('noMatchingAdvertisement') &&
    reasons.every((reason) => reason === 'noMatchingAdvertisement' || reason === 'notOwner')
  );
}

function findingOf(way: BGPWay): Omit<Found, 'affects'> {
  const { service, advertisements } = way;
  const about = refOf(service);
  const labels = Object.entries(service.metadata.labels).map(([key, value]) => `${key}=${value}`);
  const names = someOf(advertisements.map(advertisementName).toSorted());
  return {
    cause: 'service-not-selected',
    severity: severityOn(way),
    about,
    says: `${names} ${advertisements.length === 1 ? 'is' : 'are'} for other Services than ${keyOfService(service)}, so no router hears of its addresses`,
    details: [
      ...advertisements.map(
        (each) =>
          `${advertisementName(each)} takes Services with ${each.spec.serviceSelectors.map(selectorText).join(' or ')}`,
      ),
      `the Service has ${labels.length === 0 ? 'no labels' : `the labels ${labels.toSorted().join(', ')}`}`,
      'the selectors look at the labels of the Service itself, not at those of its pods',
      ...otherWayLines(way),
    ],
    because: [
      seenField(about, 'metadata.labels', JSON.stringify(service.metadata.labels)),
      workedOut(
        about,
        'metallb/speaker: noMatchingAdvertisement (v0.16.0)',
        `spec.serviceSelectors of ${names} match no label of the Service`,
      ),
    ],
    suggests: [
      {
        says: 'give the Service a label that one of them asks for, or let the advertisement take it too',
        command: kubectl`-n ${service.metadata.namespace ?? 'default'} edit service ${service.metadata.name}`,
        mutates: true,
      },
    ],
  };
}
