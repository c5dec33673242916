import type { Service } from '../../../core/facts/kube-objects.ts';
import type { SharingObstacle } from '../../../core/metallb/answer.ts';
import type { AllocationModel } from './allocation.ts';
import type { RefusalCase, RefusalFacts, RefusalTelling } from './refusals.ts';
import { editPool, prefixOf } from './remedies.ts';
import { type FullReason, fullPools, type InVain, sharingInVain } from './sharing-in-vain.ts';
import { joining, waysOut } from './sharing-remedies.ts';
import { keyOfService } from '../services.ts';

type HeldCase = RefusalCase<'requested-address-held'>;
type SharingCase = RefusalCase<(typeof sharingReasons)[number]>;

/** Sharing fails where an address is asked for, or where nothing but a shared one is left. */
export const sharingReasons = [
  'requested-address-held',
  'pool-exhausted',
  'requested-pool-exhausted',
] as const;

/** What belongs together: the address and who is on it. */
export function heldGroup({ reason: { obstacle } }: HeldCase): string {
  return `${obstacle.address} ${obstacle.holders.join(' ')}`;
}

/** As above, also for Services that ask for no address and were to join one; those are told one by one. */
export function sharingGroup({ suspect, reason }: SharingCase): string {
  return reason.kind === 'requested-address-held' ? heldGroup({ suspect, reason }) : suspect.key;
}

/** How a Service that may not share is told. */
export function sharingTelling(
  { suspect, reason }: SharingCase,
  model: AllocationModel,
  facts: RefusalFacts,
): RefusalTelling {
  if (reason.kind === 'requested-address-held') {
    return heldTelling({ suspect, reason }, model, facts);
  }
  const obstacle = sharingInVain(suspect.service, reason, { model, facts });
  return obstacle === undefined
    ? { says: '', many: '', details: [], suggests: [] }
    : joiningTelling({ service: suspect.service, obstacle, reason }, model, facts);
}

interface Joining {
  readonly service: Service;
  readonly obstacle: InVain;
  readonly reason: FullReason;
}

function joiningTelling(
  { service, obstacle, reason }: Joining,
  model: AllocationModel,
  facts: RefusalFacts,
): RefusalTelling {
  const { address, holders } = obstacle;
  const pools = fullPools(reason);
  const full = `${pools.join(', ')} ${pools.length === 1 ? 'is' : 'are'} full`;
  const says = `it may not join ${holders.join(', ')} on ${address} although their sharing keys are equal: ${whyNot(obstacle)}, and ${full}`;
  return {
    says,
    many: says,
    details: [
      ...comparison(obstacle, service, model),
      `MetalLB tells only that there is no address left: ${full}`,
    ],
    suggests: [
      ...joining(obstacle, { service, model, facts }),
      ...pools
        .slice(0, 1)
        .map((pool) =>
          editPool(pool, `give it an address of its own: widen ${pool}, if there is room`, model),
        ),
    ],
  };
}

/** How a requested address that somebody else is on is told. */
export function heldTelling(
  { suspect, reason }: HeldCase,
  model: AllocationModel,
  facts: RefusalFacts,
): RefusalTelling {
  const ways = waysOut(reason.obstacle, { service: suspect.service, model, facts });
  const { obstacle } = reason;
  const holders = obstacle.holders.join(', ');
  const says = `${obstacle.address}, which it asks for, is held by ${holders}${tail(obstacle)}`;
  return {
    says,
    many: `${obstacle.address}, which they ask for, is held by ${holders}${tail(obstacle)}`,
    details: [
      `${obstacle.address} is held by ${holders}`,
      ...comparison(obstacle, suspect.service, model),
      ...ways.details,
    ],
    suggests: ways.suggests,
  };
}

function whyNot({ why }: InVain): string {
  return why.kind === 'sharing-port-taken'
    ? `${why.holder} uses port ${why.port} there`
    : 'their traffic policies or selectors do not allow it';
}

function tail({ why }: SharingObstacle): string {
  switch (why.kind) {
    case 'no-sharing-key':
      return '';
    case 'sharing-key-differs':
      return ' under another sharing key';
    case 'sharing-backend-differs':
      return ', and their traffic policies or selectors do not allow sharing';
    case 'sharing-port-taken':
      return `, which uses port ${why.port} on it`;
  }
}

function comparison(
  { why, holders }: SharingObstacle,
  service: Service,
  model: AllocationModel,
): readonly string[] {
  const key = `${prefixOf(model)}allow-shared-ip`;
  const holder = holders[0] ?? 'the holder';
  switch (why.kind) {
    case 'no-sharing-key': {
      const names = { service: keyOfService(service), holder };
      const missing = why.missingOn.map((side) => names[side]);
      return [
        `they do not share: ${missing.join(' and ')} ${missing.length > 1 ? 'have' : 'has'} no ${key}`,
      ];
    }
    case 'sharing-key-differs':
      return [
        `${keyOfService(service)}: ${key} = ${why.serviceKey}`,
        `${holder}: ${key} = ${why.holderKey}`,
      ];
    case 'sharing-backend-differs':
      return [
        `${keyOfService(service)}: ${backendText(why.serviceBackend)}`,
        `${holder}: ${backendText(why.holderBackend)}`,
        'sharing needs externalTrafficPolicy: Cluster on all, or Local with equal selectors',
      ];
    case 'sharing-port-taken':
      return [`port ${why.port} on it belongs to ${why.holder}`];
  }
}

function backendText(backend: string): string {
  return backend === ''
    ? 'externalTrafficPolicy: Cluster'
    : `externalTrafficPolicy: Local, selector ${backend}`;
}
