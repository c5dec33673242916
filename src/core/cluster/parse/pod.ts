import type { ContainerState, ContainerStatus, Pod } from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, isRaw, number, present, raws } from './fields.ts';
import { shortText, text, type Raw } from './fields.ts';
import { parseConditions, parseMetadata } from './metadata.ts';
import { parsePodTemplate } from './pod-template.ts';

/** A Pod as the API prints it, or as a snapshot holds it. */
export function parsePod(value: unknown): Pod {
  const object = asRaw(value);
  const metadata = parseMetadata(object);
  const spec = inner(object, 'spec');
  return {
    kind: 'Pod',
    metadata,
    spec: present({
      ...parsePodTemplate(spec, metadata.labels),
      nodeName: filledText(spec, 'nodeName'),
    }),
    status: parseStatus(inner(object, 'status')),
  };
}

function parseStatus(raw: Raw): Pod['status'] {
  return present({
    phase: filledText(raw, 'phase'),
    reason: filledText(raw, 'reason'),
    message: shortText(raw, 'message'),
    podIP: filledText(raw, 'podIP'),
    hostIP: filledText(raw, 'hostIP'),
    conditions: parseConditions(raw),
    containerStatuses: raws(raw, 'containerStatuses').map(parseContainerStatus),
    initContainerStatuses: raws(raw, 'initContainerStatuses').map(parseContainerStatus),
  });
}

function parseContainerStatus(raw: Raw): ContainerStatus {
  const lastState = inner(raw, 'lastState');
  return present({
    name: text(raw, 'name') ?? '',
    image: text(raw, 'image') ?? '',
    imageID: filledText(raw, 'imageID'),
    ready: flag(raw, 'ready') ?? false,
    restartCount: number(raw, 'restartCount') ?? 0,
    state: parseState(inner(raw, 'state')),
    lastState: Object.keys(lastState).length === 0 ? undefined : parseState(lastState),
  });
}

const states = ['waiting', 'running', 'terminated'] as const;

function parseState(raw: Raw): ContainerState {
  const state: ContainerState['state'] =
    states.find((name) => raw['state'] === name || isRaw(raw[name])) ?? 'unknown';
  const detail = isRaw(raw[state]) ? inner(raw, state) : raw;
  return present({
    state,
    reason: filledText(detail, 'reason'),
    message: shortText(detail, 'message'),
    exitCode: number(detail, 'exitCode'),
    startedAt: filledText(detail, 'startedAt'),
    finishedAt: filledText(detail, 'finishedAt'),
  });
}
