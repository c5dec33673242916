import type { KubernetesObject } from './kubernetes-object.ts';

/** A kind of a custom resource, as its definition names it. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Where the API server keeps built-in kinds below `/registry/`, and where it serves them. */
interface BuiltInKind {
  readonly group: string;
  readonly plural: string;
  readonly folder: string;
  readonly namespaced: boolean;
}

/** Kind, plural, and the folder where it is not the plural; cluster-wide kinds end with `!`. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  '': [
    'Namespace namespaces !',
    'Node nodes minions !',
    'PersistentVolume persistentvolumes !',
    'Service services services/specs',
    'Endpoints endpoints services/endpoints',
    'Pod pods',
    'Event events',
    'ConfigMap configmaps',
    'Secret secrets',
    'ServiceAccount serviceaccounts',
  ],
  apps: [
    'Deployment deployments',
    'DaemonSet daemonsets',
    'ReplicaSet replicasets',
    'StatefulSet statefulsets',
  ],
  batch: ['Job jobs', 'CronJob cronjobs'],
  'discovery.k8s.io': ['EndpointSlice endpointslices'],
  'networking.k8s.io': [
    'NetworkPolicy networkpolicies',
    'Ingress ingresses ingress',
    'IngressClass ingressclasses !',
    'ServiceCIDR servicecidrs !',
  ],
  'coordination.k8s.io': ['Lease leases'],
  'admissionregistration.k8s.io': [
    'ValidatingWebhookConfiguration validatingwebhookconfigurations !',
    'MutatingWebhookConfiguration mutatingwebhookconfigurations !',
    'ValidatingAdmissionPolicy validatingadmissionpolicies !',
    'ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings !',
  ],
  'apiextensions.k8s.io': [
    'CustomResourceDefinition customresourcedefinitions apiextensions.k8s.io/customresourcedefinitions !',
  ],
  'rbac.authorization.k8s.io': [
    'ClusterRole clusterroles !',
    'ClusterRoleBinding clusterrolebindings !',
    'Role roles',
    'RoleBinding rolebindings',
  ],
  policy: ['PodDisruptionBudget poddisruptionbudgets'],
};

const BY_KIND = new Map(
  Object.entries(BUILT_IN).flatMap(([group, lines]) => lines.map((line) => entryOf(group, line))),
);

/** The etcd key under which the API server looks for an object. */
export function storageKey(object: KubernetesObject, custom: readonly CustomKind[]): string {
  const { folder, namespaced } = kindOf(object, custom);
  return `/registry/${folder}/${placeOf(object, namespaced)}`;
}

/** The path at which the API server serves an object. */
export function apiPath(object: KubernetesObject, custom: readonly CustomKind[]): string {
  const { plural, namespaced } = kindOf(object, custom);
  const { apiVersion = 'v1', metadata } = object;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${root}${within}/${plural}/${metadata.name}`;
}

/** `apps` of `apps/v1`, empty for the core group. */
export function groupOf({ apiVersion = 'v1' }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function kindOf(object: KubernetesObject, custom: readonly CustomKind[]): BuiltInKind {
  const group = groupOf(object);
  const { kind = '' } = object;
  const builtIn = BY_KIND.get(`${group}/${kind}`);
  if (builtIn !== undefined) {
    return builtIn;
  }
  const found = custom.find((definition) => definition.group === group && definition.kind === kind);
  if (found === undefined) {
    throw new Error(`no such kind in this scenario: ${kind} of ${group} (${object.metadata.name})`);
  }
  return { ...found, folder: `${found.group}/${found.plural}` };
}

function placeOf({ metadata }: KubernetesObject, namespaced: boolean): string {
  return namespaced ? `${metadata.namespace ?? 'default'}/${metadata.name}` : metadata.name;
}

function entryOf(group: string, line: string): [string, BuiltInKind] {
  const words = line.split(' ').filter((word) => word !== '!');
  const [kind = '', plural = '', folder = plural] = words;
  return [`${group}/${kind}`, { group, plural, folder, namespaced: !line.endsWith('!') }];
}
