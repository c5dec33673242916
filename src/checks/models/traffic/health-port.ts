import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { familyOf, parseAddress } from '../../../core/facts/ip.ts';
import type { Node, Service } from '../../../core/facts/kube-objects.ts';
import { isLocal } from '../../../core/metallb/election/serving.ts';
import { backendsOf } from './backends.ts';
import { someOf } from '../../../core/facts/in-words.ts';

const mostAsked = 6;

/**
 * With policy Local kube-proxy tells on spec.healthCheckNodePort of every node whether it has a ready endpoint there: 200,
 * or 503. MetalLB does not ask it; whoever looks for the fault can. Nothing where there is no such port.
 */
export function askHealthPort(
  service: Service,
  facts: Facts<'endpointSlices' | 'nodes'>,
): readonly Remedy[] {
  const { healthCheckNodePort = 0 } = service.spec;
  if (!isLocal(service) || healthCheckNodePort === 0) {
    return [];
  }
  const ready = new Set(
    backendsOf(service, facts).flatMap(({ endpoint }) =>
      endpoint.ready === false ? [] : (endpoint.nodeName ?? []),
    ),
  );
  const asked = facts.nodes.flatMap((node) => hostOf(node) ?? []).slice(0, mostAsked);
  const well = asked.filter(({ name }) => ready.has(name)).map(({ name }) => name);
  const expected =
    well.length === 0
      ? '503 is right everywhere'
      : `200 is right on ${someOf(well)}, 503 elsewhere`;
  return asked.length === 0
    ? []
    : [
        {
          says: `whether the kube-proxy of each node knows of an endpoint of its own: ${expected}; nothing at all is a firewall, or no kube-proxy`,
          command: `for n in ${asked.map(({ host }) => host).join(' ')}; do curl -gsm 3 -o /dev/null -w "$n %{http_code}\\n" "http://$n:${healthCheckNodePort}/healthz"; done`,
          mutates: false,
        },
      ];
}

/** Its first address of the inside, as it stands in a URL. */
function hostOf({ metadata, status }: Node) {
  const [address] = status.addresses
    .filter(({ type }) => type === 'InternalIP')
    .flatMap((each) => parseAddress(each.address) ?? []);
  return address === undefined
    ? undefined
    : {
        name: metadata.name,
        host: familyOf(address) === 'ipv6' ? `[${address}]` : address,
      };
}
