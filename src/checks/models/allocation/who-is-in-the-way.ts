import type { Service } from '../../../core/facts/kube-objects.ts';
import type { SharingObstacle } from '../../../core/metallb/answer.ts';
import type { AllocationModel } from './allocation.ts';
import type { RefusalCase, RefusalFacts, RefusalTelling } from './refusals.ts';
import { prefixOf } from './remedies.ts';
import { waysOut } from './sharing-remedies.ts';
import { keyOfService } from '../services.ts';

type HeldCase = RefusalCase<'requested-address-held'>;

/** What belongs together: the address and who is on it. */
export function heldGroup({ reason: { obstacle } }: HeldCase): string {
  return `${obstacle.address} ${obstacle.holders.join(' ')}`;
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
