import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Pod, Service, Workload } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, namespacesRead } from '../../core/facts/reading.ts';
import { selects } from '../../core/metallb/selectors.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { backendsOf, endedBehind, podsAround, podsBehind } from '../models/traffic/backends.ts';
import { differenceText, type NearPods, nearestPods } from '../models/traffic/near-labels.ts';
import { noSelector } from '../models/traffic/question.ts';
import { labelsText, notMetalLBs } from '../models/traffic/words.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import { seeEndpoints } from '../models/service-remedies.ts';

type ChosenFacts = Facts<'endpointSlices', 'pods' | 'deployments'>;

/** A Service sends traffic to the pods that carry every label of its selector; nothing warns when none does. */
export const aPodIsChosen = defineCheck({
  id: 'MLB-D01',
  asks: 'Does the selector of the Service take any pod?',
  symptoms: ['no-traffic'],
  causes: ['selector-matches-no-pod', 'pods-behind-absent', 'endpoints-missing'],
  link: 'data-path',
  basis: 'observed',
  needs: ['endpointSlices'],
  helps: ['pods', 'deployments'],
  enoughInNamespace: ['endpointSlices', 'pods'],
  skipWhen: noSelector,
  run: (facts, service) => {
    if (service === undefined || backendsOf(service, facts).length > 0) {
      return [];
    }
    const around = podsAround(service, facts);
    const { namespace = 'default' } = service.metadata;
    if (around === undefined) {
      const why = `why is not known: the pods of namespace ${namespace} were not read`;
      return [withoutEndpoints(service, why)];
    }
    if ((podsBehind(service, facts) ?? []).length > 0) {
      return [];
    }
    const maker = makerOf(service, facts);
    if (maker !== undefined) {
      return [notMade(service, maker)];
    }
    const ended = endedBehind(service, facts);
    if (ended.length > 0) {
      return [haveEnded(service, ended)];
    }
    const isNear = nearestPods(service.spec.selector ?? {}, around).length > 0;
    return [
      isNear || areMakersKnown(namespace, facts)
        ? matchesNone(service, around)
        : withoutEndpoints(service, cannotTell(namespace)),
    ];
  },
});

/** A workload with 0 replicas and a selector with a slip look the same from the pods alone. */
function areMakersKnown(namespace: string, { deployments }: ChosenFacts): boolean {
  return deployments.state === 'read' && (namespacesRead(deployments)?.includes(namespace) ?? true);
}

function cannotTell(namespace: string): string {
  return `whether the selector is wrong or what should make its pods is scaled to 0 is not known: the Deployments of namespace ${namespace} were not read`;
}

/** The Deployment whose pods the selector would take. */
function makerOf({ metadata, spec }: Service, { deployments }: ChosenFacts): Workload | undefined {
  const selector = { matchLabels: spec.selector ?? {}, matchExpressions: [] };
  return itemsIfRead(deployments).find(
    (each) =>
      each.metadata.namespace === metadata.namespace &&
      selects(selector, each.spec.template.labels),
  );
}

function because(service: Service): readonly Evidence[] {
  const about = refOf(service);
  return [
    seenField(about, 'spec.selector', labelsText(service.spec.selector ?? {})),
    workedOut(about, 'endpointslice controller: selector', 'it has no endpoint'),
  ];
}

function foundOn(service: Service) {
  const about = refOf(service);
  return { severity: 'error' as const, about, affects: [about], because: because(service) };
}

/** Which pods there are, or should be, is not known. */
function withoutEndpoints(service: Service, why: string): Found {
  return {
    ...foundOn(service),
    cause: 'endpoints-missing',
    says: `${keyOfService(service)} has no endpoint for its selector (${labelsText(service.spec.selector ?? {})})`,
    details: [why, notMetalLBs],
    suggests: [seePods(service), seeEndpoints(service)],
  };
}

function seePods({ metadata }: Service): Remedy {
  return {
    says: 'compare the selector with the labels of the pods',
    command: kubectl`-n ${metadata.namespace ?? 'default'} get pods --show-labels`,
    mutates: false,
  };
}

function matchesNone(service: Service, around: readonly Pod[]): Found {
  const { selector = {} } = service.spec;
  const near = nearestPods(selector, around);
  const [nearest] = near;
  const namespace = service.metadata.namespace ?? 'default';
  return {
    ...foundOn(service),
    cause: 'selector-matches-no-pod',
    says: `the selector of ${keyOfService(service)} (${labelsText(selector)}) takes no pod${nearest === undefined ? '' : `; nearest is ${nearestText(nearest)}`}`,
    details: [
      around.length === 0
        ? `no pod runs in namespace ${namespace}`
        : `${plural(around.length, 'pod')} in namespace ${namespace}, none with all of these labels`,
      ...(near.length > 1 || (nearest?.differences ?? []).length > 1 ? near.slice(0, 3) : []).map(
        nearLine,
      ),
      notMetalLBs,
    ],
    doubts: [
      'the pods that are meant are in another namespace: a Service takes only those of its own',
    ],
    suggests: [...correction(service, nearest, near.length), seePods(service)],
  };
}

function nearestText({ pods, differences }: NearPods): string {
  const [first] = differences;
  const [pod] = pods.map(({ metadata }) => metadata.name).toSorted();
  return first === undefined ? '' : `${pod}, where ${differenceText(first)}`;
}

function nearLine({ pods, differences }: NearPods): string {
  const names = someOf(pods.map(({ metadata }) => metadata.name).toSorted());
  return `near: ${names}: ${differences.map(differenceText).join('; ')}`;
}

/** Where one sort of pods stands out, the selector can be written for it. */
function correction(
  service: Service,
  nearest: NearPods | undefined,
  sorts: number,
): readonly Remedy[] {
  if (
    nearest === undefined ||
    sorts > 1 ||
    nearest.differences.some(({ has }) => has === undefined)
  ) {
    return [];
  }
  const { name, namespace = 'default' } = service.metadata;
  const selector = Object.fromEntries(nearest.differences.map(({ key, has }) => [key, has]));
  return [
    {
      says: `if ${nearest.pods[0]?.metadata.name ?? 'they'} and the like are the pods that are meant, ask for their labels`,
      command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${JSON.stringify({ spec: { selector } })}`,
      mutates: true,
    },
  ];
}

/** The selector is right: what it takes ran once. */
function haveEnded(service: Service, ended: readonly Pod[]): Found {
  const [first] = ended;
  const names = ended.map(({ metadata, status }) => `${metadata.name} (${status.phase})`);
  return {
    ...foundOn(service),
    cause: 'pods-behind-absent',
    says: `every pod that the selector of ${keyOfService(service)} takes has ended: ${someOf(names.toSorted())}`,
    details: [notMetalLBs],
    because: [
      ...(first === undefined
        ? []
        : [seenField(refOf(first), 'status.phase', String(first.status.phase))]),
      ...because(service),
    ],
    suggests: [
      {
        says: 'see why they ended, and what should have made new ones',
        command: kubectl`-n ${service.metadata.namespace ?? 'default'} describe pod ${first?.metadata.name ?? 'POD'}`,
        mutates: false,
      },
      seePods(service),
    ],
  };
}

/** The pods would fit, and there are none. */
function notMade(service: Service, maker: Workload): Found {
  const { name } = maker.metadata;
  const handle = `${maker.kind.toLowerCase()}/${name}`;
  const about = refOf(maker);
  const isScaledDown = maker.status.desired === 0;
  const refusal = maker.status.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return {
    ...foundOn(service),
    cause: 'pods-behind-absent',
    says: isScaledDown
      ? `${handle}, whose pods stand behind ${keyOfService(service)}, is scaled to 0`
      : `${handle}, whose pods stand behind ${keyOfService(service)}, should run ${plural(maker.status.desired, 'pod')} and has none`,
    details: [
      ...(refusal === undefined ? [] : [refusal.message ?? refusal.reason ?? 'ReplicaFailure']),
      notMetalLBs,
    ],
    because: [
      isScaledDown
        ? seenField(about, 'spec.replicas', '0')
        : seenField(about, 'status.replicas', '0'),
      ...because(service),
    ],
    suggests: absentRemedies(maker, isScaledDown),
  };
}

function absentRemedies({ kind, metadata }: Workload, isScaledDown: boolean): readonly Remedy[] {
  const { name, namespace = 'default' } = metadata;
  const handle = `${kind.toLowerCase()}/${name}`;
  const look = {
    says: 'see why it has no pod',
    command: kubectl`-n ${namespace} describe ${handle}`,
    mutates: false,
  };
  return isScaledDown
    ? [
        {
          says: 'scale it up again, if nobody scaled it down on purpose',
          command: kubectl`-n ${namespace} scale ${handle} --replicas=1`,
          mutates: true,
        },
        look,
      ]
    : [look];
}
