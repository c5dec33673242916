import type { CiliumPolicy, CiliumRule } from '../../facts/kube-objects.ts';
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
  texts,
} from './fields.ts';
import { parseLabelSelector, parseMetadata } from './metadata.ts';

/** A CiliumNetworkPolicy as the API prints it, or as a snapshot holds it. */
export function parseCiliumNetworkPolicy(value: unknown): CiliumPolicy {
  return parseCiliumPolicy(value, 'CiliumNetworkPolicy');
}

/** A CiliumClusterwideNetworkPolicy. */
export function parseCiliumClusterwideNetworkPolicy(value: unknown): CiliumPolicy {
  return parseCiliumPolicy(value, 'CiliumClusterwideNetworkPolicy');
}

/** One may hold a single spec, a list of them, or both; all count. */
function parseCiliumPolicy(value: unknown, kind: CiliumPolicy['kind']): CiliumPolicy {
  const object = asRaw(value);
  const all = [...(isRaw(object['spec']) ? [object['spec']] : []), ...raws(object, 'specs')];
  return {
    kind,
    metadata: parseMetadata(object),
    specs: all.filter((spec) => isRaw(spec['endpointSelector'])).map(parseSpec),
  };
}

function parseSpec(spec: Raw): CiliumPolicy['specs'][number] {
  return {
    endpointSelector: parseLabelSelector(inner(spec, 'endpointSelector')),
    enableDefaultDeny: present({ ingress: flag(inner(spec, 'enableDefaultDeny'), 'ingress') }),
    ingress: raws(spec, 'ingress').map(parseRule),
    ingressDeny: raws(spec, 'ingressDeny').map(parseRule),
  };
}

const notRead = ['fromGroups', 'fromNodes', 'fromRequires', 'icmps'];

function parseRule(raw: Raw): CiliumRule {
  const has = (key: string) => Array.isArray(raw[key]);
  return present({
    fromEndpoints: has('fromEndpoints')
      ? raws(raw, 'fromEndpoints').map(parseLabelSelector)
      : undefined,
    fromEntities: has('fromEntities') ? texts(raw, 'fromEntities') : undefined,
    fromCIDR: has('fromCIDR') ? texts(raw, 'fromCIDR') : undefined,
    fromCIDRSet: has('fromCIDRSet')
      ? raws(raw, 'fromCIDRSet').map((each) =>
          present({ cidr: filledText(each, 'cidr'), except: texts(each, 'except') }),
        )
      : undefined,
    // an empty list asks for no ports, as none does
    toPorts: raws(raw, 'toPorts').length > 0 ? raws(raw, 'toPorts').map(parsePorts) : undefined,
    asksMore: flag(raw, 'asksMore') ?? (notRead.some(has) || isRaw(raw['authentication'])),
  });
}

function parsePorts(raw: Raw): NonNullable<CiliumRule['toPorts']>[number] {
  return {
    ports: raws(raw, 'ports').map((port) =>
      present({
        port: filledText(port, 'port'),
        endPort: number(port, 'endPort'),
        protocol: filledText(port, 'protocol'),
      }),
    ),
  };
}
