import type { Pod } from '../../facts/kube-objects.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { LogExcerpt, Readings } from '../../facts/snapshot.ts';
import { findInstallations } from '../recognise/find-installations.ts';
import { programOf, type Role } from '../recognise/program.ts';

/** One run of one container, whose log it is. */
export type Run = Omit<LogExcerpt, 'lines'>;

/** What the objects of a dump tell about the programs whose logs may lie beside them. */
export interface KnownPrograms {
  /** MetalLB's pods; none when the dump holds no pods. */
  readonly pods: readonly Pod[];
  /** Where MetalLB is. */
  readonly namespace: string;
  /** Names of the workloads, as `kubectl logs deployment/NAME` takes them. */
  readonly workloads: ReadonlyMap<string, Role>;
}

/** Finds out whose logs may lie in the dump. */
export function knownPrograms(readings: Readings): KnownPrograms {
  const [first] = findInstallations({ readings, logs: [] }, undefined);
  return {
    pods: itemsIfRead(readings.pods).filter((pod) => programOf(pod) !== undefined),
    namespace: first?.namespace ?? 'metallb-system',
    workloads: new Map<string, Role>([
      ['controller', 'controller'],
      ['speaker', 'speaker'],
      [first?.controller?.name ?? 'controller', 'controller'],
      [first?.speaker?.name ?? 'speaker', 'speaker'],
    ]),
  };
}

/**
 * Whose log a file holds, by its name: `controller.log`, `POD.log`, `logs/NAMESPACE/POD.log`,
 * `NAMESPACE/POD/logs.txt`, `previous/controller.log`. Undefined when that is not clear, such as for one of several speakers.
 */
export function runOfName(relativePath: string, known: KnownPrograms): Run | undefined {
  const { namespace, name, previous } = nameIn(relativePath);
  const isThere = (pod: Pod) => namespace === undefined || pod.metadata.namespace === namespace;
  const pods = known.pods.filter(isThere);
  const named = pods.filter((pod) => pod.metadata.name === name);
  const role = known.workloads.get(name) ?? known.workloads.get(name.replace(/^metallb[-_]/, ''));
  const meant = named.length > 0 ? named : pods.filter((pod) => programOf(pod)?.role === role);
  const [pod] = meant;
  if (pod !== undefined) {
    return meant.length > 1 ? undefined : { ...runOf(pod), previous };
  }
  const likely = role ?? roleInName(name, known);
  // a pod that is not in the dump: the name tells which program it ran
  return likely === undefined
    ? undefined
    : { namespace: namespace ?? known.namespace, pod: name, container: likely, previous };
}

function nameIn(relativePath: string) {
  const whole = /(?:^|\/)([^/]+)\/([^/]+)\/logs\.txt$/.exec(relativePath);
  const own = /(?:^|\/)logs\/([^/]+)\/([^/]+)\.log$/.exec(relativePath);
  const [, namespace, inFolder] = whole ?? own ?? [];
  const last = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  const full = inFolder ?? last.replace(/(?:[-_.]?logs?)?\.txt$|\.log$/i, '');
  const name = full.replace(/[-_.]previous$/, '').replace(/[-_.]logs?$/i, '');
  const isInPrevious =
    namespace !== 'previous' && relativePath.split('/').slice(0, -1).includes('previous');
  const previous = isInPrevious || /[-_.]previous(?:[-_.]logs?)?$/i.test(full);
  return { namespace, name, previous };
}

function runOf(pod: Pod) {
  const container = programOf(pod)?.container.name ?? '';
  return { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container };
}

/** `controller-57fdb754bc-5m8hq` begins with the name of its workload. */
function roleInName(name: string, { pods, workloads }: KnownPrograms): Role | undefined {
  const prefix = [...workloads.keys()].find((workload) => name.startsWith(`${workload}-`));
  return pods.length > 0 || prefix === undefined ? undefined : workloads.get(prefix);
}
