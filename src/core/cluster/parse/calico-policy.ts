import type { CalicoEntity, CalicoPolicy, CalicoRule } from '../../facts/kube-objects.ts';
import {
  asRaw,
  filledText,
  flag,
  inner,
  isRaw,
  number,
  present,
  raws,
  type Raw,
  text,
  texts,
} from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** A NetworkPolicy of Calico as the API prints it, or as a snapshot holds it. */
export function parseCalicoNetworkPolicy(value: unknown): CalicoPolicy {
  return parseCalicoPolicy(value, 'NetworkPolicy');
}

/** A GlobalNetworkPolicy of Calico. */
export function parseCalicoGlobalNetworkPolicy(value: unknown): CalicoPolicy {
  return parseCalicoPolicy(value, 'GlobalNetworkPolicy');
}

function parseCalicoPolicy(value: unknown, kind: CalicoPolicy['kind']): CalicoPolicy {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind,
    metadata: parseMetadata(object),
    spec: present({
      tier: filledText(spec, 'tier'),
      order: number(spec, 'order'),
      types: typesOf(spec, text(object, 'apiVersion')),
      selector: filledText(spec, 'selector'),
      namespaceSelector: filledText(spec, 'namespaceSelector'),
      serviceAccountSelector: filledText(spec, 'serviceAccountSelector'),
      ingress: raws(spec, 'ingress').map(parseRule),
      isForHosts:
        flag(spec, 'isForHosts') ??
        (flag(spec, 'preDNAT') === true || flag(spec, 'doNotTrack') === true),
    }),
  };
}

/**
 * Whoever writes through calicoctl or Calico's API server has them filled in: what there are rules for, and what comes in
 * where there are none. What was written past both says nothing, and then Felix takes it for both directions.
 */
function typesOf(spec: Raw, apiVersion = ''): readonly string[] {
  const types = texts(spec, 'types');
  if (types.length > 0) {
    return types;
  }
  if (apiVersion !== 'projectcalico.org/v3') {
    return ['Ingress', 'Egress'];
  }
  const [incoming, outgoing] = [raws(spec, 'ingress'), raws(spec, 'egress')];
  return [
    ...(incoming.length > 0 || outgoing.length === 0 ? ['Ingress'] : []),
    ...(outgoing.length > 0 ? ['Egress'] : []),
  ];
}

function parseRule(raw: Raw): CalicoRule {
  return present({
    action: text(raw, 'action') ?? '',
    protocol: filledText(raw, 'protocol'),
    notProtocol: filledText(raw, 'notProtocol'),
    ipVersion: number(raw, 'ipVersion'),
    asksMore: flag(raw, 'asksMore') ?? ['icmp', 'notICMP', 'http'].some((key) => isRaw(raw[key])),
    source: parseEntity(inner(raw, 'source')),
    destination: parseEntity(inner(raw, 'destination')),
  });
}

function parseEntity(raw: Raw): CalicoEntity {
  return present({
    nets: texts(raw, 'nets'),
    notNets: texts(raw, 'notNets'),
    ports: portsAt(raw, 'ports'),
    notPorts: portsAt(raw, 'notPorts'),
    selector: filledText(raw, 'selector'),
    notSelector: filledText(raw, 'notSelector'),
    namespaceSelector: filledText(raw, 'namespaceSelector'),
    hasAccounts: flag(raw, 'hasAccounts') ?? isRaw(raw['serviceAccounts']),
    hasNames: flag(raw, 'hasNames') ?? (isRaw(raw['services']) || texts(raw, 'domains').length > 0),
  });
}

function portsAt(raw: Raw, key: string): readonly (string | number)[] {
  const value = raw[key];
  return Array.isArray(value)
    ? value.filter((each): each is string | number => ['string', 'number'].includes(typeof each))
    : [];
}
