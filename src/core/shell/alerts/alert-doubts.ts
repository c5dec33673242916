import {
  selectsPool,
  type Advertisement,
} from '../../../checks/models/configuration/advertisements.ts';
import { checksAbout } from '../../../checks/matters.ts';
import {
  addressesIn,
  keyOfService,
  notedPoolOf,
  wantsAddress,
} from '../../../checks/models/services.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import type { Diagnosis } from '../../facts/finding.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { type Aim, aimedCommand } from '../../report/aim.ts';
import type { AlertGroup } from './alert-plan.ts';

/** True when what was found answers the alert: a problem, or a word about the very thing it tells of. */
export function isAnswered(
  { lead }: AlertGroup,
  { outcome, rootCauses }: Pick<Diagnosis, 'outcome' | 'rootCauses'>,
): boolean {
  const own = new Set(checksAbout([lead.own]).map(({ id }) => id));
  return outcome === 'problem' || rootCauses.some(({ check }) => own.has(check));
}

/** What the Services to ask about are chosen from. */
interface Askable {
  readonly snapshot: Snapshot;
  readonly aim: Aim;
  /** True when the alert is answered: then only Services that its labels name are worth a look. */
  readonly isSettled: boolean;
}

const servicesShown = 3;

/** What announcing comes to is seen best at a Service: those of the labels, else some that are announced that way. */
export function servicesToAsk(
  { lead, services }: AlertGroup,
  { snapshot, aim, isSettled }: Askable,
): readonly string[] {
  if (lead.id !== 'bgp' && lead.id !== 'layer2') {
    return [];
  }
  const others = isSettled ? [] : servicesBy(lead.id, snapshot);
  const asked = (services.length > 0 ? services : others).slice(0, servicesShown);
  return asked.length === 0
    ? []
    : [
        'ask about a Service itself:',
        ...asked.map((key) => aimedCommand(`triage no-traffic ${shellWord(key)}`, aim)),
      ];
}

/** Services with an address of a pool that is announced this way. */
function servicesBy(way: 'bgp' | 'layer2', snapshot: Snapshot): readonly string[] {
  const { services, ipAddressPools } = snapshot.readings;
  const advertisements = advertisementsBy(way, snapshot);
  const pools = itemsIfRead(ipAddressPools).filter((pool) =>
    advertisements.some((each) => selectsPool(each, pool)),
  );
  const names = new Set(pools.map(({ metadata }) => metadata.name));
  const isAnnounced = (service: Service) =>
    wantsAddress(service) &&
    addressesIn(service).length > 0 &&
    names.has(notedPoolOf(service) ?? '');
  return itemsIfRead(services).filter(isAnnounced).map(keyOfService).toSorted();
}

function advertisementsBy(way: 'bgp' | 'layer2', { readings }: Snapshot): readonly Advertisement[] {
  return way === 'bgp'
    ? itemsIfRead(readings.bgpAdvertisements)
    : itemsIfRead(readings.l2Advertisements);
}
