import type { KubernetesObject } from '../../testbed/kubernetes-object.ts';
import type { StepOutcome, VectorStep } from '../../core/metallb/vector-cases.ts';
import type { Work } from './controller-state.ts';
import type { Written } from './live-objects.ts';
import { metallbNamespace } from './random-pools.ts';

/** One step as it really went. */
export interface LiveStep {
  readonly step: VectorStep;
  readonly outcome: StepOutcome;
  /** What ConfigurationState says, where there is one. */
  readonly state: string | undefined;
  readonly lastRefused: boolean | undefined;
}

type Services = NonNullable<StepOutcome['services']>;

/** Addresses and pool of each Service, as a recorded case writes them. */
export function servicesOf(objects: readonly KubernetesObject[]): Services {
  return Object.fromEntries(objects.map(serviceAnswer));
}

function serviceAnswer(object: KubernetesObject): [string, { ips?: string[]; pool?: string }] {
  const { name, namespace, annotations } = object.metadata;
  const { ingress = [] } = (statusOf(object)['loadBalancer'] ?? {}) as {
    ingress?: { ip?: string; hostname?: string }[];
  };
  const ips = ingress.map(({ ip, hostname }) => ip ?? `host:${hostname}`);
  const pool = annotations?.[markAnnotation];
  return [
    `${namespace}/${name}`,
    { ...(ips.length > 0 ? { ips } : {}), ...(pool === undefined ? {} : { pool }) },
  ];
}

const markAnnotation = 'metallb.io/ip-allocated-from-pool';

/** What an object's status holds. */
export function statusOf(object: KubernetesObject): Record<string, unknown> {
  return (object['status'] ?? {}) as Record<string, unknown>;
}

/** The published figures of each pool; one that was never looked at has zeros. */
export function poolStatusOf(
  pools: readonly KubernetesObject[],
): NonNullable<StepOutcome['poolStatus']> {
  return Object.fromEntries(
    pools.map((pool) => {
      const status = statusOf(pool) as Readonly<Record<string, number | string>>;
      return [pool.metadata.name, figures.map((figure) => String(status[figure] ?? 0))];
    }),
  );
}

const figures = ['assignedIPv4', 'assignedIPv6', 'availableIPv4', 'availableIPv6'] as const;
/** Of a controller that never comes to rest only that much is sure. */
export function restless(
  { events = {}, maybeEvents = events }: StepOutcome,
  services: Services,
  flapping: NonNullable<StepOutcome['flapping']>,
): StepOutcome {
  const settled = Object.entries(services).filter(([key]) => !(key in flapping));
  return {
    unsettled: true,
    flapping,
    events: {},
    maybeEvents,
    services: Object.fromEntries(settled),
  };
}

/** The looks at the configuration that a change is bound to cause, by MetalLB's own filters of what it watches. */
export function workOf(
  { name, before, after }: Extract<Written, { verdict: 'done' }>,
  version: string,
): readonly Work[] {
  switch (name.kind) {
    case 'Service':
      return [];
    case 'Namespace': {
      const labels = [before, after].map((object) => JSON.stringify(object?.metadata.labels));
      return labels[0] === labels[1] ? [] : [`PoolReconciler /${name.name}`];
    }
    case 'IPAddressPool': {
      const field = version === 'v0.14.9' ? 'resourceVersion' : 'generation';
      const marks = [before, after].map(
        (object) => (object?.metadata as Readonly<Record<string, unknown>> | undefined)?.[field],
      );
      return marks[0] === marks[1] ? [] : [`PoolReconciler ${metallbNamespace}/${name.name}`];
    }
  }
}
