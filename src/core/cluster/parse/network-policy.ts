import type { NetworkPolicy, NetworkPolicyPeer } from '../../facts/kube-objects.ts';
import { asRaw, filledText, inner, isRaw, number, present, raws, text, texts } from './fields.ts';
import type { Raw } from './fields.ts';
import { parseLabelSelector, parseMetadata } from './metadata.ts';

/** A NetworkPolicy as the API prints it, or as a snapshot holds it; what it says of leaving traffic is dropped. */
export function parseNetworkPolicy(value: unknown): NetworkPolicy {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'NetworkPolicy',
    metadata: parseMetadata(object),
    spec: {
      podSelector: parseLabelSelector(inner(spec, 'podSelector')),
      policyTypes: texts(spec, 'policyTypes'),
      ingress: raws(spec, 'ingress').map((rule) => ({
        from: raws(rule, 'from').map(parsePeer),
        ports: raws(rule, 'ports').map((port) =>
          present({
            protocol: filledText(port, 'protocol'),
            port: number(port, 'port') ?? filledText(port, 'port'),
            endPort: number(port, 'endPort'),
          }),
        ),
      })),
    },
  };
}

function parsePeer(raw: Raw): NetworkPolicyPeer {
  const block = inner(raw, 'ipBlock');
  const selectorAt = (key: string) =>
    isRaw(raw[key]) ? parseLabelSelector(inner(raw, key)) : undefined;
  return present({
    podSelector: selectorAt('podSelector'),
    namespaceSelector: selectorAt('namespaceSelector'),
    ipBlock: isRaw(raw['ipBlock'])
      ? { cidr: text(block, 'cidr') ?? '', except: texts(block, 'except') }
      : undefined,
  });
}
