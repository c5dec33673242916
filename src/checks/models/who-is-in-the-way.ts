import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { SharingObstacle } from '../../core/metallb/answer.ts';
import type { AllocationModel } from './allocation.ts';
import type { RefusalCase, RefusalTelling } from './refusals.ts';
import { annotateCommand, dropAnnotationCommand, prefixOf } from './remedies.ts';
import { keyOfService } from './services.ts';

type HeldCase = RefusalCase<'requested-address-held'>;

/** What belongs together: the address and who is on it. */
export function heldGroup({ reason: { obstacle } }: HeldCase): string {
  return `${obstacle.address} ${obstacle.holders.join(' ')}`;
}

/** How a requested address that somebody else is on is told. */
export function heldTelling({ suspect, reason }: HeldCase, model: AllocationModel): RefusalTelling {
  const { obstacle } = reason;
  const holders = obstacle.holders.join(', ');
  const says = `${obstacle.address}, which it asks for, is held by ${holders}${tail(obstacle)}`;
  return {
    says,
    many: `${obstacle.address}, which they ask for, is held by ${holders}${tail(obstacle)}`,
    details: [
      `${obstacle.address} is held by ${holders}`,
      ...comparison(obstacle, suspect.service, model),
    ],
    suggests: remedies(obstacle, suspect.service, model),
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

function remedies(
  { why, holders }: SharingObstacle,
  service: Service,
  model: AllocationModel,
): readonly Remedy[] {
  const [namespace = 'default', name = ''] = (holders[0] ?? '').split('/');
  const prefix = prefixOf(model);
  const look: Remedy = {
    says: 'see what the holder asks for',
    command: kubectl`-n ${namespace} get service ${name} -o yaml`,
    mutates: false,
  };
  const elsewhere = dropRequest(service, prefix);
  switch (why.kind) {
    case 'no-sharing-key':
    case 'sharing-backend-differs':
      return [look, elsewhere];
    case 'sharing-key-differs':
      return [
        {
          says: `give it the holder's sharing key`,
          command: annotateCommand(service, `${prefix}allow-shared-ip`, why.holderKey),
          mutates: true,
        },
        look,
        elsewhere,
      ];
    case 'sharing-port-taken':
      return [
        { ...look, says: `change port ${why.port} of one of the two, or ask for another address` },
        elsewhere,
      ];
  }
}

function dropRequest(service: Service, prefix: string): Remedy {
  return {
    says: 'let this Service have any free address by dropping the request',
    command:
      service.spec.loadBalancerIP === undefined
        ? dropAnnotationCommand(service, `${prefix}loadBalancerIPs`)
        : kubectl`-n ${service.metadata.namespace ?? 'default'} patch service ${service.metadata.name} --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'`,
    mutates: true,
  };
}
