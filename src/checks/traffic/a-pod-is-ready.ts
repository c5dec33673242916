import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Node, Pod, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { canServe } from '../../core/metallb/election/serving.ts';
import { isReady } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { type Backend, backendsOf, podsBehind, stays } from '../models/traffic/backends.ts';
import {
  summaryOf,
  type Unready,
  unreadyLine,
  unreadyOf,
  unreadyRemedies,
} from '../models/traffic/pod-state.ts';
import { noSelector } from '../models/traffic/question.ts';
import { notMetalLBs } from '../models/traffic/words.ts';
import { plural } from '../../core/facts/in-words.ts';
import { seeEndpoints } from '../models/service-remedies.ts';

type ReadyFacts = Facts<'endpointSlices', 'pods' | 'events' | 'nodes'>;

/** Only a ready pod is sent traffic, and without one no speaker announces the address. */
export const aPodIsReady = defineCheck({
  id: 'MLB-D02',
  asks: 'Is any pod behind the Service ready?',
  symptoms: ['no-traffic'],
  causes: ['pods-behind-not-ready', 'pods-behind-terminating', 'endpoint-on-a-silent-node'],
  link: 'data-path',
  basis: 'observed',
  needs: ['endpointSlices'],
  helps: ['pods', 'events', 'nodes'],
  enoughInNamespace: ['endpointSlices', 'pods'],
  skipWhen: noSelector,
  run: (facts, service) => {
    const backends = service === undefined ? [] : backendsOf(service, facts);
    if (service === undefined || backends.some(({ endpoint }) => canServe(endpoint))) {
      return [];
    }
    const pods = podsBehind(service, facts);
    if (pods === undefined) {
      return backends.length === 0 ? [] : [bySlices(service, backends)];
    }
    const staying = pods.filter(stays);
    if (pods.length === 0 || staying.some(isReady)) {
      return [];
    }
    return [staying.length === 0 ? terminating(service, pods) : notReady(service, staying, facts)];
  },
});

function foundOn(service: Service) {
  const about = refOf(service);
  return { severity: 'error' as const, about, affects: [about] };
}

/** The pods are not known; their endpoints tell that they are there. */
function bySlices(service: Service, backends: readonly Backend[]): Found {
  const leaving = backends.filter(({ endpoint }) => endpoint.terminating === true).length;
  const [first] = backends;
  const field = first === undefined ? [] : [seenUnready(first)];
  const isEnding = leaving === backends.length;
  return {
    ...foundOn(service),
    cause: isEnding ? 'pods-behind-terminating' : 'pods-behind-not-ready',
    says: isEnding
      ? `every pod behind ${keyOfService(service)} is terminating, and none comes after`
      : unreadyText(service, backends.length),
    details: ['why is not known: the pods of its namespace were not read', notMetalLBs],
    because: field,
    suggests: [seeEndpoints(service)],
  };
}

function unreadyText(service: Service, count: number): string {
  const key = keyOfService(service);
  return count === 1
    ? `the only pod behind ${key} is not ready`
    : `none of the ${plural(count, 'pod')} behind ${key} is ready`;
}

function seenUnready({ slice, endpoint }: Backend): Evidence {
  const [address = ''] = endpoint.addresses;
  return seenField(refOf(slice), `endpoints[${address}].conditions.ready`, 'false');
}

function terminating(service: Service, pods: readonly Pod[]): Found {
  const names = pods.map(({ metadata }) => metadata.name).toSorted();
  const [first] = pods;
  return {
    ...foundOn(service),
    cause: 'pods-behind-terminating',
    says: `every pod behind ${keyOfService(service)} is terminating, and none comes after`,
    details: [`being deleted: ${names.join(', ')}`, notMetalLBs],
    because:
      first?.metadata.deletionTimestamp === undefined
        ? []
        : [seenField(refOf(first), 'metadata.deletionTimestamp', first.metadata.deletionTimestamp)],
    doubts: ['new pods are made at this moment: look again'],
    suggests: [seeEndpoints(service)],
  };
}

const shown = 4;

function notReady(service: Service, pods: readonly Pod[], facts: ReadyFacts): Found {
  const unready = pods
    .flatMap((pod) => unreadyOf(pod, facts) ?? [])
    .toSorted((a, b) => (a.pod.metadata.name < b.pod.metadata.name ? -1 : 1));
  const [first] = unready;
  const silent = silentNodeOf(unready, itemsIfRead(facts.nodes));
  return {
    ...foundOn(service),
    cause: silent === undefined ? 'pods-behind-not-ready' : 'endpoint-on-a-silent-node',
    says: `${unreadyText(service, pods.length)}${first === undefined ? '' : `: ${summaryOf(first, pods.length)}`}`,
    details: [
      ...unready.slice(0, shown).map((each) => unreadyLine(each, facts.takenAt)),
      ...(unready.length > shown ? [`and ${unready.length - shown} more`] : []),
      ...(silent === undefined
        ? [notMetalLBs]
        : [
            'Kubernetes makes such pods anew elsewhere after five minutes (tolerationSeconds: 300)',
          ]),
    ],
    because: [
      ...(first === undefined
        ? []
        : [seenField(refOf(first.pod), 'status.conditions[Ready]', 'False')]),
      ...unready
        .flatMap(({ probe }) => (probe === undefined ? [] : [seenEvent(probe)]))
        .slice(0, 2),
    ],
    suggests: [...(first === undefined ? [] : unreadyRemedies(first)), seeEndpoints(service)],
  };
}

/** The node that all of them are on, when it no longer answers. */
function silentNodeOf(unready: readonly Unready[], nodes: readonly Node[]): string | undefined {
  const places = new Set(unready.map(({ pod }) => pod.spec.nodeName));
  const [only] = places;
  const node = nodes.find(({ metadata }) => metadata.name === only);
  const isSilent = node?.status.conditions.some(
    ({ type, status }) => type === 'Ready' && status === 'Unknown',
  );
  return places.size === 1 && isSilent === true ? only : undefined;
}
