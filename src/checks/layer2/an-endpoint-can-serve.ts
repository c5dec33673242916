import { type Found } from '../../core/diagnosis/check.ts';
import type { Endpoint } from '../../core/facts/kube-objects.ts';
import { type AnnouncingFacts } from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { gravityIn, type Layer2Scene } from '../models/layer2/scene.ts';
import { nodesText } from '../models/layer2/told.ts';
import { seeEndpoints } from '../models/service-remedies.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Where no endpoint can serve, no speaker announces, whatever the traffic policy. Why none can is asked elsewhere. */
export const anEndpointCanServe = layer2Check({
  id: 'MLB-L04',
  asks: 'Is there an endpoint that can serve, so that a node announces?',
  causes: ['silent-without-endpoints', 'endpoint-on-a-silent-node'],
  link: 'announced',
  run: (scene, facts) => {
    if (scene.serves) {
      return [];
    }
    const endpoints = scene.slices.flatMap((slice) => slice.endpoints);
    const silent = silentNodesOf(endpoints, facts);
    return [silent.length === 0 ? withoutAny(scene, endpoints) : onSilent(scene, silent)];
  },
});

/** The nodes of all endpoints, when every one of them no longer answers. */
function silentNodesOf(
  endpoints: readonly Endpoint[],
  { nodes }: AnnouncingFacts,
): readonly string[] {
  const silent = new Set(
    nodes
      .filter(({ status }) =>
        status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'Unknown'),
      )
      .map(({ metadata }) => metadata.name),
  );
  return endpoints.length > 0 && endpoints.every(({ nodeName }) => silent.has(nodeName ?? ''))
    ? [...new Set(endpoints.flatMap(({ nodeName }) => nodeName ?? []))].toSorted()
    : [];
}

function withoutAny(scene: Layer2Scene, endpoints: readonly Endpoint[]): Found {
  const { service, slices } = scene;
  const about = refOf(service);
  const [slice] = slices;
  const { asksServingFirst } = scene.announcing.speakers.rules;
  const leaving = endpoints.filter(({ terminating }) => terminating === true).length;
  return {
    cause: 'silent-without-endpoints',
    severity: gravityIn(scene),
    about,
    affects: [about],
    says: `nobody announces ${addressesIn(service).join(', ')}, because no endpoint of the Service can serve`,
    details: [
      endpoints.length === 0
        ? 'it has no endpoints at all'
        : `it has ${endpoints.length} endpoint${endpoints.length === 1 ? '' : 's'}, and none ${asksServingFirst ? 'serves' : 'is ready'}${leaving === 0 ? '' : ` (${leaving} terminating)`}`,
      ...(asksServingFirst ? [servingFirst] : []),
      'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
    ],
    because: [
      slice === undefined
        ? workedOut(about, 'metallb/speaker: no active endpoint', 'no EndpointSlice belongs to it')
        : seenField(
            refOf(slice),
            'endpoints',
            asksServingFirst ? `${endpoints.length}, none serving` : readiness(endpoints),
          ),
    ],
    suggests: [
      seeEndpoints(
        service,
        'see its endpoints; this is for whoever runs the pods, not for MetalLB',
      ),
    ],
  };
}

const servingFirst =
  'before v0.14.5 speakers ask whether an endpoint serves and not whether it is ready: what publishNotReadyAddresses makes ready does not count (#2337)';

function readiness(endpoints: readonly Endpoint[]): string {
  return endpoints.length === 0 ? 'none' : `${endpoints.length}, none ready or serving`;
}

/** Kubernetes waits five minutes before it makes the pods of a dead node anew; until then nobody stands in. */
function onSilent(scene: Layer2Scene, silent: readonly string[]): Found {
  const { service } = scene;
  const about = refOf(service);
  const [first = ''] = silent;
  return {
    cause: 'endpoint-on-a-silent-node',
    severity: gravityIn(scene),
    about,
    affects: [about],
    says: `all its endpoints are on ${nodesText(silent)}, which no longer ${silent.length === 1 ? 'answers' : 'answer'}, so nobody announces the address`,
    details: [
      'Kubernetes makes such pods anew elsewhere after five minutes (tolerationSeconds: 300); MetalLB itself moves an address within seconds',
      'two replicas on two nodes would have kept the address answering',
    ],
    because: [seenField({ kind: 'Node', name: first }, 'status.conditions[Ready]', 'Unknown')],
    suggests: [
      {
        says: 'bring the node back, or delete its pods so that they are made elsewhere at once',
        command: `kubectl get pods -A -o wide --field-selector=spec.nodeName=${first}`,
        mutates: false,
      },
    ],
  };
}
