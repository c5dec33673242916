import type { Node, PodTemplate, Taint, Toleration } from '../../../core/facts/kube-objects.ts';

/** What the DaemonSet controller tolerates for every pod it makes. */
const toleratedByItself: readonly string[] = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
  'node.kubernetes.io/disk-pressure',
  'node.kubernetes.io/memory-pressure',
  'node.kubernetes.io/pid-pressure',
  'node.kubernetes.io/unschedulable',
  'node.kubernetes.io/network-unavailable',
];

/** The first taint that keeps a DaemonSet's pod off this node. */
export function untolerated(node: Node, tolerations: readonly Toleration[]): Taint | undefined {
  return node.spec.taints.find(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      !toleratedByItself.includes(taint.key) &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  const isSameEffect = effect === undefined || effect === '' || effect === taint.effect;
  if (key === undefined || key === '') {
    return operator === 'Exists' && isSameEffect;
  }
  const isSameValue = operator === 'Exists' || (value ?? '') === (taint.value ?? '');
  return key === taint.key && isSameEffect && isSameValue;
}

/** As kubectl takes it: `key=value:Effect`. */
export function taintText({ key, value, effect }: Taint): string {
  return `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
}

/** `worker-2 has the taint edge=true:NoSchedule`. */
export function taintLine({ metadata }: Node, taint: Taint): string {
  return `${metadata.name} has the taint ${taintText(taint)}`;
}

/** What keeps a DaemonSet's pod off these nodes, where a taint does. */
export function taintLines(
  names: readonly string[],
  { tolerations }: Pick<PodTemplate, 'tolerations'>,
  nodes: readonly Node[],
): readonly string[] {
  return nodes
    .filter(({ metadata }) => names.includes(metadata.name))
    .flatMap((node) => {
      const taint = untolerated(node, tolerations);
      return taint === undefined ? [] : [taintLine(node, taint)];
    });
}
