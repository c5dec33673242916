import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { familyOf, parseAddress } from '../../core/facts/ip.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Pod, Service } from '../../core/facts/kube-objects.ts';
import { isReady } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { type Backend, podsBehind, servingOf, stays } from '../models/traffic/backends.ts';
import { editService, seeEndpoints } from '../models/service-remedies.ts';
import { noServedAddress } from '../models/one-service.ts';
import { noServing } from '../models/traffic/question.ts';

/** kube-proxy sends what comes to an IPv6 address to IPv6 endpoints alone, and the same with IPv4. */
export const eachFamilyHasEndpoints = defineCheck({
  id: 'MLB-D06',
  asks: 'Has each address of the Service endpoints of its family?',
  symptoms: ['no-traffic'],
  causes: ['endpoints-of-other-family'],
  link: 'data-path',
  basis: 'observed',
  needs: ['endpointSlices'],
  helps: ['pods'],
  enoughInNamespace: ['endpointSlices'],
  skipWhen: (facts, subject) => {
    const why = noServing(facts, subject);
    const isTold = subject !== undefined && podsOfOtherFamily(subject, facts).length > 0;
    return isTold ? noServedAddress(facts, subject) : why;
  },
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const serving = servingOf(service, facts);
    const [pod] = serving.length === 0 ? podsOfOtherFamily(service, facts) : [];
    if (pod !== undefined) {
      return [withoutAny(service, pod)];
    }
    const types = new Set(serving.map(({ slice }) => slice.addressType));
    const dead = addressesIn(service).filter((text) => {
      const type = typeOf(text);
      return type !== undefined && !types.has(type);
    });
    return dead.length === 0 ? [] : [finding(service, dead, serving)];
  },
});

/** Its ready pods, where none has an address of a family of the Service; of a pod only the first address is known. */
function podsOfOtherFamily(
  service: Service,
  facts: Facts<'endpointSlices', 'pods'>,
): readonly Pod[] {
  const ready = (podsBehind(service, facts) ?? []).filter((pod) => stays(pod) && isReady(pod));
  const isOther = ({ status }: Pod) => {
    const type = typeOf(status.podIP ?? '');
    return type !== undefined && !service.spec.ipFamilies.includes(type);
  };
  return ready.every(isOther) ? ready : [];
}

/** No EndpointSlice is made for a pod without an address of the family that the Service asks for. */
function withoutAny(service: Service, pod: Pod): Found {
  const about = refOf(service);
  const families = service.spec.ipFamilies.join(', ');
  return {
    cause: 'endpoints-of-other-family',
    severity: 'error',
    about,
    affects: [about],
    says: `${keyOfService(service)} asks for ${families} endpoints, and its pods have ${typeOf(pod.status.podIP ?? '') ?? 'other'} addresses`,
    details: [
      'no endpoint is made of a pod without an address of that family, so nothing serves the Service, and nobody announces it',
    ],
    because: [
      seenField(about, 'spec.ipFamilies', families),
      seenField(refOf(pod), 'status.podIP', pod.status.podIP ?? ''),
    ],
    doubts: ['the pods have addresses of both families, and their EndpointSlices are behind'],
    suggests: [
      editService(
        service,
        'ask for the family that the pods have; a Service that was made with another has to be made anew',
      ),
    ],
  };
}

function typeOf(text: string): 'IPv4' | 'IPv6' | undefined {
  const address = parseAddress(text);
  if (address === undefined) {
    return undefined;
  }
  return familyOf(address) === 'ipv4' ? 'IPv4' : 'IPv6';
}

function finding(service: Service, dead: readonly string[], serving: readonly Backend[]): Found {
  const about = refOf(service);
  const { ipFamilies, ipFamilyPolicy = 'SingleStack' } = service.spec;
  const types = [...new Set(serving.map(({ slice }) => slice.addressType))].toSorted();
  const wanted = [...new Set(dead.flatMap((text) => typeOf(text) ?? []))];
  const isServed = wanted.every((type) => ipFamilies.includes(type));
  return {
    cause: 'endpoints-of-other-family',
    severity: 'error',
    about,
    affects: [about],
    addresses: dead,
    says: `nothing behind ${keyOfService(service)} takes what comes to ${dead.join(', ')}, as it has no ${wanted.join(' or ')} endpoint`,
    details: [
      `its endpoints are of type ${types.join(', ')}`,
      isServed
        ? `its families are ${ipFamilies.join(', ')} (${ipFamilyPolicy}), so its pods have no address of that family, or bind none`
        : `its families are ${ipFamilies.join(', ')} (${ipFamilyPolicy}): kube-proxy has no rule for it in another family`,
      ...(types.includes('FQDN') ? ['kube-proxy does not use endpoints that are names'] : []),
      'MetalLB announces every address of a Service while any of its endpoints can serve, of whatever family',
    ],
    because: evidenceOf(service, serving),
    suggests: [
      isServed
        ? seeEndpoints(
            service,
            'see its endpoints; pods get addresses of both families only where the cluster gives them out',
          )
        : editService(
            service,
            ipFamilyPolicy === 'SingleStack'
              ? `add ${wanted.join(', ')} to spec.ipFamilies with ipFamilyPolicy PreferDualStack, if the pods have such addresses`
              : `it prefers two families and was given ${ipFamilies.join()} alone: set ipFamilyPolicy to SingleStack, or ask for a pool of that family`,
          ),
    ],
  };
}

function evidenceOf(service: Service, [first]: readonly Backend[]): Found['because'] {
  return [
    seenField(refOf(service), 'spec.ipFamilies', service.spec.ipFamilies.join(', ')),
    ...(first === undefined
      ? []
      : [seenField(refOf(first.slice), 'addressType', first.slice.addressType)]),
  ];
}
