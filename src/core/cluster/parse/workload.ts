import type { Workload } from '../../facts/kube-objects.ts';
import { asRaw, filledText, inner, isRaw, number, present, textMap, type Raw } from './fields.ts';
import { parseConditions, parseMetadata } from './metadata.ts';
import { parsePodTemplate } from './pod-template.ts';

/** A Deployment as the API prints it, or as a snapshot holds it. */
export function parseDeployment(value: unknown): Workload {
  return parseWorkload('Deployment', asRaw(value));
}

/** A DaemonSet as the API prints it, or as a snapshot holds it. */
export function parseDaemonSet(value: unknown): Workload {
  return parseWorkload('DaemonSet', asRaw(value));
}

function parseWorkload(kind: 'Deployment' | 'DaemonSet', object: Raw): Workload {
  const spec = inner(object, 'spec');
  const template = inner(spec, 'template');
  const inApiForm = isRaw(template['spec']);
  return {
    kind,
    metadata: parseMetadata(object),
    spec: present({
      replicas: number(spec, 'replicas'),
      strategy: parseStrategy(spec),
      template: inApiForm
        ? parsePodTemplate(inner(template, 'spec'), textMap(inner(template, 'metadata'), 'labels'))
        : parsePodTemplate(template, textMap(template, 'labels')),
    }),
    status: parseStatus(kind, object),
  };
}

function parseStrategy(spec: Raw): string | undefined {
  const asObject = isRaw(spec['strategy'])
    ? inner(spec, 'strategy')
    : inner(spec, 'updateStrategy');
  return filledText(asObject, 'type') ?? filledText(spec, 'strategy');
}

function parseStatus(kind: Workload['kind'], object: Raw): Workload['status'] {
  const status = inner(object, 'status');
  const wanted =
    kind === 'DaemonSet'
      ? number(status, 'desiredNumberScheduled')
      : (number(inner(object, 'spec'), 'replicas') ?? 1);
  return {
    desired: number(status, 'desired') ?? wanted ?? 0,
    ready: firstOf(status, ['ready', 'readyReplicas', 'numberReady']),
    updated: firstOf(status, ['updated', 'updatedReplicas', 'updatedNumberScheduled']),
    available: firstOf(status, ['available', 'availableReplicas', 'numberAvailable']),
    conditions: parseConditions(status),
  };
}

function firstOf(status: Raw, keys: readonly string[]): number {
  return keys.map((key) => number(status, key)).find((found) => found !== undefined) ?? 0;
}
