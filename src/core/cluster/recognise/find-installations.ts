import type { Workload } from '../../facts/kube-objects.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Installation, LogExcerpt, Readings } from '../../facts/snapshot.ts';
import { present } from '../parse/fields.ts';
import { versionIn } from './image.ts';
import { isSet, valueOf } from './program-options.ts';
import { programIn, programOf, type Program, type Role } from './program.ts';
import { versionInLogs, versionOf } from './program-version.ts';

/** What an installation of MetalLB is recognised by. */
export interface Marks {
  readonly readings: Pick<
    Readings,
    'deployments' | 'daemonSets' | 'pods' | 'ipAddressPools' | 'validatingWebhooks'
  >;
  readonly logs: readonly LogExcerpt[];
}

/** One of MetalLB's programs in one namespace, with what runs it. */
interface Found {
  readonly namespace: string;
  readonly program: Program;
  readonly owner: { readonly kind: string; readonly name: string };
  readonly versionLabel: string | undefined;
}

/**
 * Every MetalLB installation that the marks show, the one in question first: the one asked for, then
 * those that hold pools, then by name. Left-over pools or webhooks make one only where no program is seen.
 */
export function findInstallations(
  marks: Marks,
  metallbNamespace: string | undefined,
): readonly Installation[] {
  const found = foundPrograms(marks);
  const namespaces = found.length > 0 ? found.map(({ namespace }) => namespace) : traces(marks);
  const asked = metallbNamespace === undefined ? [] : [metallbNamespace];
  return [...new Set([...asked, ...namespaces])]
    .toSorted(byImportance(marks, metallbNamespace))
    .map((namespace) => installationIn(namespace, found, marks));
}

function byImportance(marks: Marks, asked: string | undefined) {
  const holders = new Set(poolNamespaces(marks));
  const rank = (namespace: string): number => {
    if (namespace === asked) {
      return 0;
    }
    return holders.has(namespace) ? 1 : 2;
  };
  return (left: string, right: string): number =>
    rank(left) - rank(right) || (left < right ? -1 : 1);
}

function foundPrograms({ readings }: Marks): readonly Found[] {
  const workloads = [
    ...itemsIfRead(readings.deployments),
    ...itemsIfRead(readings.daemonSets),
  ].flatMap(foundInWorkload);
  const known = new Set(workloads.map(({ namespace, program }) => `${namespace}/${program.role}`));
  const pods = itemsIfRead(readings.pods).flatMap((pod): readonly Found[] => {
    const program = programOf(pod);
    const namespace = pod.metadata.namespace ?? '';
    if (program === undefined || known.has(`${namespace}/${program.role}`)) {
      return [];
    }
    const versionLabel = labelledVersion(pod.metadata.labels);
    return [{ namespace, program, owner: workloadOf(pod.metadata), versionLabel }];
  });
  return [...workloads, ...pods];
}

function foundInWorkload(workload: Workload): readonly Found[] {
  const program = programIn(workload.spec.template);
  if (program === undefined) {
    return [];
  }
  return [
    {
      namespace: workload.metadata.namespace ?? '',
      program,
      owner: { kind: workload.kind, name: workload.metadata.name },
      versionLabel: labelledVersion(workload.metadata.labels),
    },
  ];
}

function labelledVersion(labels: Readonly<Record<string, string>>): string | undefined {
  const map = new Map(Object.entries(labels));
  return versionIn(map.get('app.kubernetes.io/version')) ?? versionIn(map.get('helm.sh/chart'));
}

/** The Deployment behind a pod's ReplicaSet is the name without the template's hash. */
function workloadOf(metadata: Workload['metadata']): Found['owner'] {
  const owner = metadata.ownerReferences[0];
  if (owner === undefined) {
    return { kind: 'Pod', name: metadata.name };
  }
  return owner.kind === 'ReplicaSet'
    ? { kind: 'Deployment', name: owner.name.replace(/-[a-z0-9]+$/, '') }
    : { kind: owner.kind, name: owner.name };
}

function traces(marks: Marks): readonly string[] {
  return [...webhookNamespaces(marks), ...poolNamespaces(marks)];
}

function webhookNamespaces({ readings }: Marks): readonly string[] {
  return itemsIfRead(readings.validatingWebhooks)
    .flatMap(({ webhooks }) => webhooks)
    .filter(({ rules }) => rules.some(({ apiGroups }) => apiGroups.includes('metallb.io')))
    .flatMap(({ service }) => (service === undefined ? [] : [service.namespace]));
}

function poolNamespaces({ readings }: Marks): readonly string[] {
  return itemsIfRead(readings.ipAddressPools).flatMap(({ metadata }) => metadata.namespace ?? []);
}

function installationIn(namespace: string, found: readonly Found[], marks: Marks): Installation {
  const here = found.filter((entry) => entry.namespace === namespace);
  const ofRole = (role: Role) => here.find(({ program }) => program.role === role);
  const controller = ofRole('controller');
  const speaker = ofRole('speaker');
  const version = (entry: Found | undefined, role: Role) =>
    entry === undefined
      ? versionInLogs({ namespace, role, logs: marks.logs })
      : versionOf({ ...entry, logs: marks.logs });
  return present({
    namespace,
    controllerVersion: version(controller, 'controller'),
    speakerVersion: version(speaker, 'speaker'),
    controller: controller?.owner,
    speaker: speaker?.owner,
    configMap: configMapOf(controller ?? speaker, version(controller ?? speaker, 'controller')),
    loadBalancerClass: controller && valueOf(controller.program.container, 'lb-class'),
    bgpType: bgpTypeOf(speaker) ?? bgpTypeOf(controller),
    ignoresExcludeLabel:
      speaker !== undefined && isSet(speaker.program.container, 'ignore-exclude-lb'),
    foundBy: here.length > 0 ? here.map(saysFound) : tracesIn(namespace, marks),
  });
}

/** Named by a flag that v0.13 did away with together with the ConfigMap (#1473). */
function configMapOf(entry: Found | undefined, version: string | undefined): string | undefined {
  return entry === undefined || !/^v0\.(?:\d|1[0-2])\./.test(version ?? '')
    ? undefined
    : (valueOf(entry.program.container, 'config') ?? 'config');
}

function bgpTypeOf(entry: Found | undefined): string | undefined {
  return new Map(Object.entries(entry?.program.container.env ?? {})).get('METALLB_BGP_TYPE');
}

function saysFound({ program, owner, namespace }: Found): string {
  return `${program.knownBy} of ${owner.kind} ${namespace}/${owner.name}`;
}

function tracesIn(namespace: string, marks: Marks): readonly string[] {
  const pools = poolNamespaces(marks).filter((name) => name === namespace).length;
  return [
    ...(webhookNamespaces(marks).includes(namespace) ? ['webhook configuration'] : []),
    ...(pools > 0 ? [`${pools} IPAddressPool${pools === 1 ? '' : 's'} in ${namespace}`] : []),
  ];
}
