import type { Found } from '../../core/diagnosis/check.ts';
import type { EndpointSlice } from '../../core/facts/kube-objects.ts';
import { canServe, isLocal, servingIn } from '../../core/metallb/election/serving.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { advertisingNodes, nodesThatSay } from '../models/bgp/decisions.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { seeEndpoints } from '../models/service-remedies.ts';

/** Before v0.16.0 BGP trusts an endpoint only if every entry of its address can serve; layer 2 has no such rule. */
export const aServingEndpointIsTrusted = bgpCheck({
  id: 'MLB-B07',
  asks: 'Does BGP count an endpoint of the Service as healthy where one serves?',
  causes: ['bgp-endpoint-distrusted'],
  link: 'eligible',
  run: (way, facts) => {
    const slices = way.announcing.speakers.slicesOf(way.service);
    const serving = servingIn(slices);
    const struck = [
      ...(serving.anywhere ? nodesThatSay('noEndpoints', way) : []),
      ...nodesThatSay('noLocalEndpoints', way).filter((node) => serving.nodes.has(node)),
    ];
    const [slice] = slices;
    return struck.length === 0 || slice === undefined
      ? []
      : [findingOf(way, { struck, slices, slice }, facts)];
  },
});

interface Distrusted {
  readonly struck: readonly string[];
  readonly slices: readonly EndpointSlice[];
  readonly slice: EndpointSlice;
}

function findingOf(
  way: BGPWay,
  { struck, slices, slice }: Distrusted,
  { installation }: BGPFacts,
): Omit<Found, 'affects'> {
  const unable = slices.flatMap(({ endpoints }) => endpoints).filter((each) => !canServe(each));
  const twice = [...new Set(unable.flatMap(({ addresses }) => addresses))].toSorted();
  const about = refOf(slice);
  return {
    cause: 'bgp-endpoint-distrusted',
    severity: advertisingNodes(way).length > 0 ? 'warning' : severityOn(way),
    about,
    says: `BGP counts ${someOf(twice)} as unhealthy although an endpoint there serves, so ${someOf(struck)} ${struck.length === 1 ? 'does' : 'do'} not advertise ${keyOfService(way.service)}`,
    details: [
      `${installation?.speakerVersion ?? 'this release'} wants every entry of an address to be able to serve: one that stands twice in the EndpointSlices, once unready, is out`,
      isLocal(way.service)
        ? 'with externalTrafficPolicy: Local only entries of the node itself count'
        : 'with externalTrafficPolicy: Cluster entries of all nodes count',
      ...otherWayLines(way),
    ],
    because: [seenField(about, 'endpoints[].conditions.ready', `false for ${twice.join(', ')}`)],
    suggests: [
      seeEndpoints(
        way.service,
        'see which entries stand twice: pods of one address, or slices made by hand',
      ),
      { says: 'go to v0.16.0 or later, where one serving entry is enough', mutates: true },
    ],
  };
}
