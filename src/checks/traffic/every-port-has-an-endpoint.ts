import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Pod, Service, ServicePort } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { type Backend, podsBehind, servingOf } from '../models/traffic/backends.ts';
import {
  declaredPorts,
  declaredText,
  nearestDeclared,
  portsWithout,
  portText,
  targetOf,
} from '../models/traffic/target-ports.ts';
import { notMetalLBs } from '../models/traffic/words.ts';
import { editService, seeEndpoints } from '../models/service-remedies.ts';
import { noServing } from '../models/traffic/question.ts';

/** kube-proxy sends a port of the Service to the endpoints whose slice has a port of that name; without one it refuses. */
export const everyPortHasAnEndpoint = defineCheck({
  id: 'MLB-D04',
  asks: 'Has each port of the Service an endpoint?',
  symptoms: ['no-traffic'],
  causes: ['target-port-missing', 'endpoint-ports-differ'],
  link: 'data-path',
  basis: 'observed',
  needs: ['endpointSlices'],
  helps: ['pods'],
  enoughInNamespace: ['endpointSlices', 'pods'],
  skipWhen: noServing,
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const serving = servingOf(service, facts);
    const dead = portsWithout(service, serving);
    const unnamed = dead.filter(isByNumber);
    const [first, ...others] = dead.filter((port) => !isByNumber(port));
    const scene = { service, serving, pods: podsBehind(service, facts) };
    return [
      ...(first === undefined ? [] : [nameless(first, others, scene)]),
      ...(unnamed.length === 0 ? [] : [differing(unnamed, scene)]),
    ];
  },
});

/** Kubernetes itself writes a port that is sent to a number into each slice: slices without it are somebody else's. */
function isByNumber(port: ServicePort): boolean {
  return typeof targetOf(port) === 'number';
}

interface Scene {
  readonly service: Service;
  readonly serving: readonly Backend[];
  /** Undefined when they are not known, or when the Service has no selector. */
  readonly pods: readonly Pod[] | undefined;
}

function foundOn(dead: readonly ServicePort[], { service, serving }: Scene) {
  const about = refOf(service);
  const [slice] = serving.map((each) => each.slice);
  return {
    severity: 'error' as const,
    about,
    affects: [about],
    because: [
      ...dead.map((port) =>
        seenField(about, `spec.ports[${port.port}].targetPort`, String(targetOf(port))),
      ),
      ...(slice === undefined ? [] : [seenField(refOf(slice), 'ports', slicePorts(slice.ports))]),
    ],
  };
}

function slicePorts(ports: Backend['slice']['ports']): string {
  return ports.length === 0
    ? 'none'
    : ports
        .map(
          ({ name, port, protocol = 'TCP' }) =>
            `${name === undefined ? '' : `${name} `}${port ?? 'any'}/${protocol}`,
        )
        .join(', ');
}

/** What a port is sent to by name is looked up in each pod; a pod without that name is left out of the slice's port. */
function nameless(first: ServicePort, others: readonly ServicePort[], scene: Scene): Found {
  const { service, pods } = scene;
  if (service.spec.selector === undefined) {
    return differing([first, ...others], scene);
  }
  const declared = declaredPorts(pods ?? []).map(declaredText);
  return {
    ...foundOn([first, ...others], scene),
    cause: 'target-port-missing',
    says: `port ${portText(first)} of ${keyOfService(service)} leads nowhere: no container behind it has a port named ${targetOf(first)}${protocolText(first, pods)}`,
    details: [
      ...others.map((port) => `nor does port ${portText(port)}, which asks for ${targetOf(port)}`),
      pods === undefined
        ? 'what they have instead is not known: the pods of its namespace were not read'
        : `their containers declare ${declared.length === 0 ? 'no port at all' : declared.join(', ')}`,
      'whoever connects to that port is refused, or gets no answer; other ports of the Service are not concerned',
      notMetalLBs,
    ],
    suggests: [...correction(service, first, pods), seeEndpoints(service)],
  };
}

/** The name is there, with the other protocol. */
function protocolText(port: ServicePort, pods: readonly Pod[] | undefined): string {
  const other = declaredPorts(pods ?? []).find(
    ({ name, protocol }) => name === port.targetPort && protocol !== port.protocol,
  );
  return other === undefined
    ? ''
    : ` with protocol ${port.protocol} (it is ${other.protocol} there)`;
}

function correction(
  service: Service,
  port: ServicePort,
  pods: readonly Pod[] | undefined,
): readonly Remedy[] {
  const ofProtocol = declaredPorts(pods ?? []).filter(({ protocol }) => protocol === port.protocol);
  const target = String(targetOf(port));
  const near =
    nearestDeclared(target, ofProtocol) ?? (ofProtocol.length === 1 ? ofProtocol[0] : undefined);
  const place = service.spec.ports.findIndex((each) => each === port);
  if (near === undefined || place === -1) {
    return [editService(service, 'give the port a targetPort that the containers have')];
  }
  const { name, namespace = 'default' } = service.metadata;
  const value = near.name ?? near.port;
  const patch = [{ op: 'replace', path: `/spec/ports/${place}/targetPort`, value }];
  return [
    {
      says: `send it to ${declaredText(near)}, if that is the port that is meant`,
      command: kubectl`-n ${namespace} patch service ${name} --type=json -p ${JSON.stringify(patch)}`,
      mutates: true,
    },
  ];
}

function differing(dead: readonly ServicePort[], scene: Scene): Found {
  const { service, serving } = scene;
  return {
    ...foundOn(dead, scene),
    cause: 'endpoint-ports-differ',
    says: `the endpoints of ${keyOfService(service)} have no port for ${dead.map(portText).join(', ')}`,
    details: [
      ...new Set(
        serving.map(
          ({ slice }) => `EndpointSlice ${slice.metadata.name} has ${slicePorts(slice.ports)}`,
        ),
      ),
      'a port of an EndpointSlice belongs to the port of the Service that has the same name and protocol; a port without a name, to the one without a name',
      notMetalLBs,
    ],
    suggests: [
      seeEndpoints(
        service,
        'give the ports in the EndpointSlice the names that they have in the Service',
      ),
    ],
  };
}
