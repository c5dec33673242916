import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { isLocal, type Serving, servingIn } from '../../core/metallb/election/serving.ts';
import { wordsForBGP } from '../models/announcing/obstacle-words.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { advertisingNodes, nodesThatSay, obstacleIn } from '../models/bgp/decisions.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { clusterPolicy, seeEndpoints } from '../models/service-remedies.ts';

/** A node advertises only while an endpoint serves: anywhere, or on the node itself with policy Local. */
export const anEndpointLetsItBeAdvertised = bgpCheck({
  id: 'MLB-B08',
  asks: 'Is there an endpoint that lets a node advertise the address by BGP?',
  causes: ['silent-without-endpoints', 'local-endpoints-elsewhere', 'endpoints-without-node'],
  link: 'eligible',
  run: (way) => {
    const serving = servingIn(way.announcing.speakers.slicesOf(way.service));
    const waiting = [...nodesThatSay('noEndpoints', way), ...nodesThatSay('noLocalEndpoints', way)];
    if (waiting.length === 0 || advertisingNodes(way).length > 0) {
      return [];
    }
    if (!serving.anywhere) {
      return [withoutAny(way, waiting)];
    }
    if (isLocal(way.service) && areAllBarred(serving, way)) {
      return [];
    }
    const isDistrusted = waiting.some((node) => serving.nodes.has(node));
    return isLocal(way.service) && !isDistrusted ? [elsewhere(way, waiting, serving)] : [];
  },
});

/** Where the nodes themselves are the reason MLB-B06 says it. */
function areAllBarred({ nodes }: Serving, { announcing }: BGPWay): boolean {
  return (
    nodes.size > 0 && [...nodes].every((node) => obstacleIn(announcing.bgp.get(node)) !== undefined)
  );
}

function withoutAny(way: BGPWay, waiting: readonly string[]): Omit<Found, 'affects'> {
  const { service, announcing } = way;
  const about = refOf(service);
  const endpoints = announcing.speakers.slicesOf(service).flatMap((slice) => slice.endpoints);
  return {
    cause: 'silent-without-endpoints',
    severity: severityOn(way),
    about,
    says: `nobody advertises ${addressesIn(service).join(', ')} by BGP, because no endpoint of the Service can serve`,
    details: [
      endpoints.length === 0
        ? 'it has no endpoints at all'
        : `it has ${endpoints.length} endpoint${endpoints.length === 1 ? '' : 's'}, and none is ready`,
      'speakers withdraw an address while nothing can serve it, and advertise it again by themselves',
    ],
    because: [
      workedOut(
        about,
        'metallb/speaker: noEndpoints',
        `no serving endpoint for ${someOf(waiting)}`,
      ),
    ],
    suggests: [seeEndpoints(service)],
  };
}

function elsewhere(
  way: BGPWay,
  waiting: readonly string[],
  { nodes }: Serving,
): Omit<Found, 'affects'> {
  const { service } = way;
  const about = refOf(service);
  const there = [...nodes].toSorted();
  const key = keyOfService(service);
  return {
    cause: there.length === 0 ? 'endpoints-without-node' : 'local-endpoints-elsewhere',
    severity: severityOn(way),
    about,
    says:
      there.length === 0
        ? `with externalTrafficPolicy: Local nobody advertises ${key}, because its endpoints do not say on which node they are`
        : `endpoints of ${key} are on ${someOf(there)}, and only ${someOf(waiting)} may advertise it: with externalTrafficPolicy: Local nobody does`,
    details: [
      ...there.slice(0, 4).map((node) => `${node}: ${whyNot(way, node)}`),
      ...otherWayLines(way),
    ],
    because: [
      seenField(about, 'spec.externalTrafficPolicy', 'Local'),
      workedOut(
        about,
        'metallb/speaker: noLocalEndpoints',
        `no serving endpoint on ${someOf(waiting)}`,
      ),
    ],
    suggests: [
      ...(there.length === 0 ? [] : [letTheirNodesAdvertise(way)]),
      clusterPolicy(service),
      seeEndpoints(service),
    ],
  };
}

/** Either an advertisement or a BGPPeer leaves those nodes out; the details say which. */
function letTheirNodesAdvertise({ advertisements }: BGPWay): Remedy {
  const [advertisement] = advertisements;
  const { name = 'NAME', namespace = 'metallb-system' } = advertisement?.metadata ?? {};
  return {
    says: 'let the advertisement and the BGPPeer select the nodes of the endpoints, or let the pods run where it is advertised',
    command: kubectl`-n ${namespace} edit bgpadvertisement ${name}`,
    mutates: true,
  };
}

function whyNot({ announcing }: BGPWay, node: string): string {
  const decision = announcing.bgp.get(node);
  return decision === undefined
    ? 'there is no such node'
    : (wordsForBGP(decision) ?? 'it advertises');
}
