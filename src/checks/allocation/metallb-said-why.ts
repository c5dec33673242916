import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { IPAddressPool, KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, namespacesRead, type Reading } from '../../core/facts/reading.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { agoText } from '../models/ages.ts';
import { servicesSeemMissing } from '../models/programs/missing-services.ts';
import { refOf } from '../models/references.ts';
import { seenEvent } from '../models/seen.ts';
import { isPending } from '../models/services.ts';
import { lastComplaint } from '../models/testimony/spoken.ts';
import {
  exhaustedByCount,
  type StatedReason,
  statedReason,
} from '../models/testimony/stated-reasons.ts';

/** Where the objects are not all known, MetalLB's own words must do; some of them have one meaning only. */
export const metallbSaidWhy = defineCheck({
  id: 'MLB-A32',
  asks: 'Did MetalLB say in plain words why it gives no address, where the objects cannot be looked at?',
  symptoms: ['pending'],
  causes: [
    'requested-pool-missing',
    'requested-pool-exhausted',
    'request-contradicts-pool',
    'requested-address-held',
    'requested-address-outside-pools',
    'sharing-port-taken',
    'pool-exhausted',
  ],
  needs: ['events'],
  enoughInNamespace: ['events'],
  helps: ['services', 'ipAddressPools'],
  basis: 'inferred',
  // those words alone mean anything; only the pools' own count can add to them
  alsoNeeds: ({ events }, subject) =>
    subject !== undefined &&
    lastComplaint(subject, events)?.message.endsWith('no available IPs') === true
      ? ['ipAddressPools']
      : [],
  skipWhen: ({ services, ipAddressPools, events, installation }, subject) => {
    if (subject === undefined || !isPending(subject)) {
      return 'the Service is not pending';
    }
    const isComplete =
      isWhole(services, undefined) &&
      isWhole(ipAddressPools, installation?.namespace) &&
      !servicesSeemMissing(
        itemsIfRead(services),
        itemsIfRead(ipAddressPools),
        lastComplaint(subject, events),
      );
    return isComplete ? 'all Services and pools were read, and they tell more' : undefined;
  },
  run: ({ events, ipAddressPools, installation, takenAt }, subject) => {
    const said = subject === undefined ? undefined : lastComplaint(subject, events);
    const behaviour = behaviourOf(installation?.controllerVersion ?? installation?.speakerVersion);
    const stated =
      said === undefined || subject === undefined
        ? undefined
        : (statedReason(said.message, subject, behaviour) ??
          exhaustedByCount(said.message, countedPools(ipAddressPools, installation?.namespace)));
    return stated === undefined || said === undefined || subject === undefined
      ? []
      : [finding(stated, said, { service: subject, now: takenAt })];
  },
});

/** Pools that are all known, or none. */
function countedPools(
  pools: Reading<IPAddressPool>,
  home: string | undefined,
): readonly IPAddressPool[] {
  return isWhole(pools, home)
    ? itemsIfRead(pools).filter(({ metadata }) => metadata.namespace === home)
    : [];
}

/** Read in all namespaces, or in the one where such objects count. */
function isWhole(reading: Reading<unknown>, home: string | undefined): boolean {
  const names = reading.state === 'read' ? namespacesRead(reading) : [];
  return names === undefined || (home !== undefined && names.includes(home));
}

function finding(
  { cause, says }: StatedReason,
  said: KubeEvent,
  { service, now }: { readonly service: Service; readonly now: string },
): Found {
  const { namespace = 'default', name } = service.metadata;
  return {
    cause,
    severity: 'error',
    about: refOf(service),
    affects: [refOf(service)],
    says,
    details: [
      `MetalLB said so${agoText(said.lastAt, now)}; not all Services and pools are known, so it could not be checked`,
    ],
    because: [seenEvent(said)],
    doubts: ['pools or other Services were changed since'],
    suggests: [
      {
        says: 'correct the request, or collect all Services and pools to see the ways out',
        command: kubectl`-n ${namespace} edit service ${name}`,
        mutates: true,
      },
      {
        says: 'collect them',
        command: 'kubectl get services,ipaddresspools.metallb.io -A -o yaml',
        mutates: false,
      },
    ],
  };
}
