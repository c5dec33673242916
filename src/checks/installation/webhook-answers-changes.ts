import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { agoText } from '../models/ages.ts';
import { eventsWithoutPools, noEventsNoMatter } from '../models/testimony/events-at-need.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { isPending, wantsAddress } from '../models/services.ts';
import { webhookBackends } from '../models/webhook/backends.ts';
import { failedCall, type FailedCall } from '../models/webhook/calls.ts';
import { tellCall } from '../models/webhook/findings.ts';

const configuration = {
  kind: 'ValidatingWebhookConfiguration',
  name: 'metallb-webhook-configuration',
};

/** Every change of MetalLB's objects is put to its webhook; a call that fails refuses the change (#1540, #1597). */
export const webhookAnswersChanges = defineCheck({
  id: 'MLB-I25',
  asks: `Did the API server get an answer from MetalLB's webhook?`,
  symptoms: ['pending', 'health'],
  causes: [
    'webhook-not-ready',
    'webhook-without-endpoints',
    'webhook-unreachable',
    'webhook-family-differs',
    'webhook-untrusted',
    'webhook-name-differs',
    'webhook-fails',
  ],
  byWordsAlone: true,
  needs: ['pods'],
  helps: [
    'deployments',
    'daemonSets',
    'services',
    'events',
    'ipAddressPools',
    'l2Advertisements',
    'bgpAdvertisements',
    'otherLogs',
  ],
  basis: 'inferred',
  alsoNeeds: (facts) => (failedCall(facts) === undefined ? eventsWithoutPools(facts) : []),
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return facts.otherLogs.state === 'read' ? undefined : noEventsNoMatter(facts);
  },
  run: (facts, subject): readonly Found[] => {
    const { installation, takenAt } = facts;
    const services = itemsIfRead(facts.services);
    const call = failedCall(facts);
    if (installation === undefined || call === undefined) {
      return [];
    }
    const asked = askedService(call, installation, services);
    const backends = webhookBackends(facts, asked);
    const telling = tellCall({ call, backends, installation, services, asked });
    // Where pools were not read, an address that somebody has tells that there are some.
    const hasPools =
      facts.ipAddressPools.state === 'read'
        ? facts.ipAddressPools.items.length > 0
        : services.some((each) => wantsAddress(each) && !isPending(each));
    return [
      {
        cause: telling.cause,
        // Pools that are there go on working; without any, the refusal is why there are none.
        severity: hasPools ? 'warning' : 'error',
        about: configuration,
        affects: hasPools ? everyoneOr(subject) : pendingOr(subject, services),
        says: telling.says,
        details: [`${call.asker}${agoText(call.at, takenAt)}: ${call.words}`, ...telling.details],
        because: [call.evidence],
        doubts: ['it was tried once only, and has been mended since'],
        suggests: telling.suggests,
      },
    ];
  },
});

/** The Service that the words name, or the one MetalLB usually has. */
function askedService(
  { service }: FailedCall,
  { namespace }: Installation,
  services: readonly Service[],
): Service | undefined {
  return services.find(
    ({ metadata }) =>
      metadata.name === (service?.name ?? 'metallb-webhook-service') &&
      metadata.namespace === (service?.namespace ?? namespace),
  );
}

/** Without a pool every Service that waits does so for the change that was refused. */
function pendingOr(subject: Subject, services: readonly Service[]): readonly ObjectRef[] {
  return subject === undefined ? services.filter(isPending).map(refOf) : everyoneOr(subject);
}
