import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import { heldBy } from '../../core/metallb/election/held-addresses.ts';
import { canServe } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { type Layer2Scene, layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';

/** The election goes by the first address of a Service: who shares its second one can elect another node for it. */
export const sharersElectOneNode = defineCheck({
  id: 'MLB-L18',
  asks: 'Do all Services with this address elect the same node?',
  symptoms: ['no-traffic'],
  causes: ['shared-address-two-announcers'],
  link: 'announced',
  needs: [...announcingNeeds, 'services'],
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const announcer = scene?.announcing.announcer;
    if (scene === undefined || announcer === undefined) {
      return [];
    }
    const { speakers, addresses } = scene.announcing;
    return facts.services
      .filter((each) => !isSame(each, scene.service) && isServedBy(facts.installation, each))
      .flatMap((each) => {
        const shared = addresses.filter((address) => holds(each, address));
        const elected = shared.length === 0 ? undefined : electedFor(each, speakers);
        const serving = servingOf(each, scene);
        return elected === undefined || elected === announcer || serving === 'none'
          ? []
          : [
              finding(
                { service: scene.service, announcer },
                { service: each, elected, isServing: serving === 'some' },
                shared,
              ),
            ];
      });
  },
});

function isSame(left: Service, right: Service): boolean {
  return keyOfService(left) === keyOfService(right);
}

function holds(service: Service, address: IpAddress): boolean {
  return addressesIn(service).some((text) => parseAddress(text) === address);
}

/** Without an endpoint nobody announces it; those of other namespaces may not have been readable. */
function servingOf(
  other: Service,
  { service, announcing }: Layer2Scene,
): 'some' | 'none' | 'unknown' {
  const slices = announcing.speakers.slicesOf(other);
  if (slices.length === 0) {
    return other.metadata.namespace === service.metadata.namespace ? 'none' : 'unknown';
  }
  return slices.some(({ endpoints }) => endpoints.some(canServe)) ? 'some' : 'none';
}

/** Where its endpoints are is not known here: with policy Cluster they do not decide who it is, with Local they do. */
function electedFor(service: Service, speakers: Speakers): string | undefined {
  const [loaded] = speakers.loaded;
  const held = loaded === undefined ? undefined : heldBy(service, loaded);
  if (service.spec.externalTrafficPolicy === 'Local' || held?.kind !== 'held') {
    return undefined;
  }
  const [first] = held.addresses;
  const { candidates } = speakers.fields.of(service, held.pool);
  const place = first === undefined ? undefined : speakers.hashes.firstOf(candidates, first);
  return place === undefined ? undefined : speakers.nodes[place]?.name;
}

function finding(
  own: { readonly service: Service; readonly announcer: string },
  other: { readonly service: Service; readonly elected: string; readonly isServing: boolean },
  shared: readonly IpAddress[],
): Found {
  const about = refOf(own.service);
  const key = keyOfService(other.service);
  return {
    cause: 'shared-address-two-announcers',
    severity: other.isServing ? 'error' : 'warning',
    about,
    affects: [about, refOf(other.service)],
    addresses: shared,
    says: `${shared.join(', ')} is announced by ${own.announcer} for this Service and by ${other.elected} for ${key}`,
    details: [
      `${keyOfService(own.service)} has ${addressesIn(own.service).join(', ')}; ${key} has ${addressesIn(other.service).join(', ')}`,
      'the node is elected by the first address of each Service; where the first ones differ, so can the nodes',
    ],
    because: [
      workedOut(
        about,
        'metallb/speaker: the election hashes the first address',
        `${own.announcer} for ${keyOfService(own.service)}, ${other.elected} for ${key}`,
      ),
    ],
    ...(other.isServing
      ? {}
      : {
          doubts: [
            `${key} has no endpoint: its EndpointSlices were not read, and without one nobody announces for it`,
          ],
        }),
    suggests: [sameAddresses],
  };
}

const sameAddresses = {
  says: 'let both have the same addresses in the same order, or give one of them an address of its own',
  command: 'kubectl get services -A -o wide',
  mutates: false,
} as const;
