import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { canServe } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { type Backend, backendsOf } from '../models/traffic/backends.ts';
import { noHandMade } from '../models/traffic/question.ts';
import { notMetalLBs } from '../models/traffic/words.ts';
import { editService, seeEndpoints } from '../models/service-remedies.ts';

/** Of a Service without selector nobody makes the endpoints but whoever made the Service. */
export const handMadeEndpointsServe = defineCheck({
  id: 'MLB-D07',
  asks: 'Has a Service without selector endpoints that can serve?',
  symptoms: ['no-traffic'],
  causes: ['endpoints-not-set'],
  link: 'data-path',
  basis: 'observed',
  needs: ['endpointSlices'],
  helps: [],
  enoughInNamespace: ['endpointSlices'],
  skipWhen: noHandMade,
  run: (facts, service) => {
    const backends = service === undefined ? [] : backendsOf(service, facts);
    if (service === undefined || backends.some(({ endpoint }) => canServe(endpoint))) {
      return [];
    }
    return [finding(service, backends)];
  },
});

function finding(service: Service, backends: readonly Backend[]): Found {
  const about = refOf(service);
  const { name, namespace = 'default' } = service.metadata;
  const [first] = backends;
  const key = keyOfService(service);
  return {
    cause: 'endpoints-not-set',
    severity: 'error',
    about,
    affects: [about],
    says:
      first === undefined
        ? `${key} has no selector, and nobody gave it endpoints`
        : `${key} has no selector, and ${backends.length === 1 ? 'its only endpoint, made by hand, is not' : `none of its ${backends.length} endpoints, made by hand, is`} marked ready`,
    details: [
      'Kubernetes makes endpoints for a selector only; without one somebody writes an EndpointSlice, or Endpoints, of the name and with the label of the Service',
      notMetalLBs,
    ],
    because: [
      seenField(about, 'spec.selector', '(not set)'),
      ...(first === undefined
        ? []
        : [seenField(refOf(first.slice), 'endpoints[].conditions.ready', 'false')]),
    ],
    suggests: [
      editService(service, 'give it a selector, if pods of its namespace are to serve it'),
      first === undefined
        ? {
            says: `see whether an EndpointSlice was written that lacks the label kubernetes.io/service-name=${name}`,
            command: kubectl`-n ${namespace} get endpointslices,endpoints --show-labels`,
            mutates: false,
          }
        : seeEndpoints(service, 'see why they are not ready'),
    ],
  };
}
