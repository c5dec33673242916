import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import { agoText } from '../models/ages.ts';
import { eventsAbout, noEventsToAsk } from '../models/testimony/events.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenEvent } from '../models/seen.ts';
import { servicesByAddress } from '../models/service-index.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

interface Change {
  readonly service: Service;
  readonly from: readonly string[];
  readonly before: KubeEvent;
  readonly after: KubeEvent;
}

/** Neighbours keep an address in their caches for minutes after MetalLB gave it up. */
export const noAddressChangedLately = defineCheck({
  id: 'MLB-H18',
  asks: 'Did every Service keep its address during the last hour?',
  symptoms: ['health'],
  causes: ['old-address-lingers'],
  byWordsAlone: true,
  needs: ['services'],
  helps: ['events'],
  basis: 'inferred',
  skipWhen: (facts) =>
    facts.installation === undefined ? 'no MetalLB was found' : noEventsToAsk(facts),
  run: (facts) =>
    facts.services
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap((service) => changeOf(service, facts) ?? [])
      .map((change) => finding(change, facts))
      .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

/** Two assignments that say different things, the newer of which is what the status says. */
function changeOf(service: Service, facts: Facts<'services', 'events'>): Change | undefined {
  const said = eventsAbout(facts, refOf(service)).filter(({ message }) =>
    message.startsWith('Assigned IP ['),
  );
  const [after] = said;
  const now = addressesIn(service).join();
  const before = said.find((event) => addressesSaid(event).join() !== now);
  if (after === undefined || before === undefined || addressesSaid(after).join() !== now) {
    return undefined;
  }
  const from = addressesSaid(before).filter((address) => !addressesIn(service).includes(address));
  return from.length === 0 ? undefined : { service, from, before, after };
}

function addressesSaid({ message }: KubeEvent): readonly string[] {
  return [...message.matchAll(/"([^"\s]+)"/g)].flatMap(([, text = '']) => parseAddress(text) ?? []);
}

function finding({ service, from, before, after }: Change, facts: Facts<'services'>): Found {
  const about = refOf(service);
  const old = from.join(', ');
  const heirs = from
    .flatMap((address) => servicesByAddress(facts).get(address) ?? [])
    .filter((each) => each !== service)
    .map(keyOfService)
    .toSorted();
  return {
    cause: 'old-address-lingers',
    severity: 'info',
    about,
    affects: [about],
    says: `${keyOfService(service)} changed from ${old} to ${addressesIn(service).join(', ')}${agoText(after.lastAt, facts.takenAt)}; clients may still go to the old address`,
    details: [
      ...(heirs.length === 0 ? [] : [`${old} now belongs to ${heirs.join(', ')}`]),
      'DNS records, neighbour caches and firewall rules outlive the change; speakers older than v0.8 go on answering for the old address (#471)',
    ],
    because: [seenEvent(before), seenEvent(after)],
    doubts: ['the change was planned, and everybody knows'],
    suggests: [
      {
        says: `see who answers for ${old}, from a host in that network`,
        command: `arping -c 3 ${from[0] ?? ''}`,
        mutates: false,
      },
      {
        says: 'see what happened to it',
        command: kubectl`-n ${about.namespace ?? 'default'} describe service ${about.name}`,
        mutates: false,
      },
    ],
  };
}
