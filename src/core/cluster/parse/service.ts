import type { EndpointSlice, Service, ServicePort } from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, number, present, raws, text } from './fields.ts';
import { isRaw, textMap, texts, type Raw } from './fields.ts';
import { parseConditions, parseMetadata } from './metadata.ts';

/** A Service as the API prints it, or as a snapshot holds it. */
export function parseService(value: unknown): Service {
  const object = asRaw(value);
  return {
    kind: 'Service',
    metadata: parseMetadata(object),
    spec: parseSpec(inner(object, 'spec')),
    status: parseStatus(inner(object, 'status')),
  };
}

function parseSpec(raw: Raw): Service['spec'] {
  return present({
    type: text(raw, 'type') ?? 'ClusterIP',
    clusterIP: filledText(raw, 'clusterIP'),
    clusterIPs: texts(raw, 'clusterIPs'),
    externalIPs: texts(raw, 'externalIPs'),
    externalTrafficPolicy: filledText(raw, 'externalTrafficPolicy'),
    ipFamilies: texts(raw, 'ipFamilies'),
    ipFamilyPolicy: filledText(raw, 'ipFamilyPolicy'),
    loadBalancerClass: filledText(raw, 'loadBalancerClass'),
    loadBalancerIP: filledText(raw, 'loadBalancerIP'),
    loadBalancerSourceRanges: texts(raw, 'loadBalancerSourceRanges'),
    allocateLoadBalancerNodePorts: flag(raw, 'allocateLoadBalancerNodePorts'),
    healthCheckNodePort: number(raw, 'healthCheckNodePort'),
    publishNotReadyAddresses: flag(raw, 'publishNotReadyAddresses'),
    ports: raws(raw, 'ports').map(parsePort),
    selector: isRaw(raw['selector']) ? textMap(raw, 'selector') : undefined,
  });
}

function parsePort(raw: Raw): ServicePort {
  const targetPort = raw['targetPort'];
  return present({
    name: filledText(raw, 'name'),
    protocol: text(raw, 'protocol') ?? 'TCP',
    port: number(raw, 'port') ?? 0,
    targetPort:
      typeof targetPort === 'string' || typeof targetPort === 'number' ? targetPort : undefined,
    nodePort: number(raw, 'nodePort'),
  });
}

function parseStatus(raw: Raw): Service['status'] {
  const ingressHolder = isRaw(raw['loadBalancer']) ? inner(raw, 'loadBalancer') : raw;
  return {
    ingress: raws(ingressHolder, 'ingress').map(parseIngress),
    conditions: parseConditions(raw),
  };
}

function parseIngress(raw: Raw): Service['status']['ingress'][number] {
  const ipMode = filledText(raw, 'ipMode');
  const ports = Array.isArray(raw['ports']) ? raw['ports'] : [];
  const numbers = ports.flatMap((each: unknown) =>
    typeof each === 'number' ? each : (number(asRaw(each), 'port') ?? []),
  );
  return present({
    ip: filledText(raw, 'ip'),
    hostname: filledText(raw, 'hostname'),
    ipMode: ipMode === 'VIP' ? undefined : ipMode,
    ports: numbers.length === 0 ? undefined : numbers,
  });
}

/** An EndpointSlice as the API prints it, or as a snapshot holds it. */
export function parseEndpointSlice(value: unknown): EndpointSlice {
  const object = asRaw(value);
  return {
    kind: 'EndpointSlice',
    metadata: parseMetadata(object),
    addressType: text(object, 'addressType') ?? '',
    endpoints: raws(object, 'endpoints').map(parseEndpoint),
    ports: raws(object, 'ports').map((port) =>
      present({
        name: filledText(port, 'name'),
        port: number(port, 'port'),
        protocol: filledText(port, 'protocol'),
      }),
    ),
  };
}

function parseEndpoint(raw: Raw): EndpointSlice['endpoints'][number] {
  const conditions = isRaw(raw['conditions']) ? inner(raw, 'conditions') : raw;
  return present({
    addresses: texts(raw, 'addresses'),
    nodeName: filledText(raw, 'nodeName'),
    ready: flag(conditions, 'ready'),
    serving: flag(conditions, 'serving'),
    terminating: flag(conditions, 'terminating'),
  });
}
