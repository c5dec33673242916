import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { familyOf, parseAddress } from '../../core/facts/ip.ts';
import type { EndpointSlice, Pod, Service } from '../../core/facts/kube-objects.ts';
import { ageMs } from '../models/ages.ts';
import { isReady } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import {
  type Backend,
  backendsOf,
  podsBehind,
  servingOf,
  slicesOf,
  stays,
} from '../models/traffic/backends.ts';
import { noSelector } from '../models/traffic/question.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import { seeEndpoints } from '../models/service-remedies.ts';

type StaleFacts = Facts<'endpointSlices', 'pods'>;

/** The controller of EndpointSlices writes down each ready pod within seconds; traffic goes where they say. */
export const endpointsFollowThePods = defineCheck({
  id: 'MLB-D03',
  asks: 'Do the EndpointSlices of the Service name the pods there are?',
  symptoms: ['no-traffic'],
  causes: ['endpoints-stale'],
  link: 'data-path',
  needs: ['endpointSlices'],
  helps: ['pods'],
  enoughInNamespace: ['endpointSlices', 'pods'],
  alsoNeeds: () => ['pods'],
  skipWhen: (facts, subject) => {
    const why = noSelector(facts, subject);
    if (why !== undefined || subject === undefined || facts.pods.state !== 'read') {
      return why;
    }
    return podsBehind(subject, facts) === undefined
      ? 'the pods of its namespace were not read'
      : undefined;
  },
  run: (facts, service) => {
    const pods = service === undefined ? undefined : podsBehind(service, facts);
    if (service === undefined || pods === undefined) {
      return [];
    }
    const missing = missingPods(service, pods, facts);
    const strangers = strangersIn(service, pods, facts);
    return missing.length === 0 && strangers.length === 0
      ? []
      : [finding({ service, missing, strangers }, facts)];
  },
});

const settledMs = 60_000;

/** Pods that have been ready for a while, and that no endpoint leads to; of a pod only its first address is known. */
function missingPods(service: Service, pods: readonly Pod[], facts: StaleFacts): readonly Pod[] {
  const known = new Set(backendsOf(service, facts).flatMap(({ endpoint }) => endpoint.addresses));
  return pods
    .filter((pod) => stays(pod) && isReady(pod) && isSettled(pod, facts.takenAt))
    .filter(
      ({ status }) =>
        status.podIP !== undefined &&
        !known.has(status.podIP) &&
        service.spec.ipFamilies.includes(familyIn(status.podIP) === 'ipv6' ? 'IPv6' : 'IPv4'),
    );
}

function isSettled({ status }: Pod, now: string): boolean {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return (ageMs(ready?.lastTransitionTime, now) ?? settledMs) >= settledMs;
}

/** Endpoints that pass for serving, at the address of no pod; of a pod only one address is known. */
function strangersIn(
  service: Service,
  pods: readonly Pod[],
  facts: StaleFacts,
): readonly Backend[] {
  const own = new Set(pods.flatMap(({ status }) => status.podIP ?? []));
  const families = new Set([...own].map(familyIn));
  return servingOf(service, facts).filter(({ endpoint }) => {
    const [address = ''] = endpoint.addresses;
    return endpoint.terminating !== true && families.has(familyIn(address)) && !own.has(address);
  });
}

function familyIn(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : familyOf(address);
}

interface Stale {
  readonly service: Service;
  readonly missing: readonly Pod[];
  readonly strangers: readonly Backend[];
}

function finding({ service, missing, strangers }: Stale, facts: StaleFacts): Found {
  const about = refOf(service);
  const names = missing.map(({ metadata }) => metadata.name).toSorted();
  const addresses = strangers.flatMap(({ endpoint }) => endpoint.addresses).toSorted();
  const isDead = servingOf(service, facts).length === strangers.length;
  return {
    cause: 'endpoints-stale',
    severity: isDead ? 'error' : 'warning',
    about,
    affects: [about],
    says:
      missing.length > 0
        ? `no EndpointSlice of ${keyOfService(service)} names ${someOf(names)}, which ${missing.length === 1 ? 'is' : 'are'} ready, so no traffic goes there`
        : `traffic for ${keyOfService(service)} goes to ${someOf(addresses)}, where no pod of it is`,
    details: [
      ...(missing.length > 0 && strangers.length > 0
        ? [`they name ${someOf(addresses)} instead, where no pod of it is`]
        : []),
      ...keepersOf(service, facts),
      ...unlabelledLines(service, facts.endpointSlices),
    ],
    because: [
      workedOut(
        about,
        'endpointslice controller: ready pods of the selector',
        `${plural(missing.length, 'ready pod')} without an endpoint, ${plural(strangers.length, 'endpoint')} without a pod`,
      ),
      ...missing
        .slice(0, 2)
        .map((pod) => seenField(refOf(pod), 'status.podIP', pod.status.podIP ?? '')),
    ],
    doubts: ['a roll-out is under way: look again in a minute'],
    suggests: [seeEndpoints(service), seeTheirController],
  };
}

const seeTheirController: Remedy = {
  says: 'see that kube-controller-manager, which writes EndpointSlices, runs and reaches the API server',
  command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
  mutates: false,
};

const controller = 'endpointslice-controller.k8s.io';

/** Who writes the slices, when it is not Kubernetes itself. */
function keepersOf(service: Service, facts: StaleFacts): readonly string[] {
  return slicesOf(service, facts).flatMap(({ metadata }) => {
    const keeper = new Map(Object.entries(metadata.labels)).get(
      'endpointslice.kubernetes.io/managed-by',
    );
    return keeper === controller
      ? []
      : [
          keeper === undefined
            ? `EndpointSlice ${metadata.name} is managed by nobody: it stays as somebody wrote it`
            : `EndpointSlice ${metadata.name} is managed by ${keeper}, not by Kubernetes itself`,
        ];
  });
}

/** Slices that the Service owns and that do not say so in their label; only dumps show them. */
function unlabelledLines(
  { metadata }: Service,
  slices: readonly EndpointSlice[],
): readonly string[] {
  const label = 'kubernetes.io/service-name';
  return slices
    .filter(
      (slice) =>
        slice.metadata.namespace === metadata.namespace &&
        slice.metadata.labels[label] === undefined &&
        slice.metadata.ownerReferences.some(
          ({ kind, name }) => kind === 'Service' && name === metadata.name,
        ),
    )
    .map(
      (slice) =>
        `EndpointSlice ${slice.metadata.name} was made for it and lacks the label ${label}=${metadata.name}, so nobody takes it for the Service's`,
    );
}
