import type { Namespace, Node } from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, present, raws, text, texts } from './fields.ts';
import { parseConditions, parseMetadata } from './metadata.ts';

/** A Node as the API prints it, or as a snapshot holds it. */
export function parseNode(value: unknown): Node {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  const status = inner(object, 'status');
  return {
    kind: 'Node',
    metadata: parseMetadata(object),
    spec: present({
      unschedulable: flag(spec, 'unschedulable') ?? false,
      providerID: filledText(spec, 'providerID'),
      podCIDRs: texts(spec, 'podCIDRs'),
      taints: raws(spec, 'taints').map((taint) =>
        present({
          key: text(taint, 'key') ?? '',
          value: filledText(taint, 'value'),
          effect: text(taint, 'effect') ?? '',
        }),
      ),
    }),
    status: present({
      addresses: raws(status, 'addresses').map((address) => ({
        type: text(address, 'type') ?? '',
        address: text(address, 'address') ?? '',
      })),
      conditions: parseConditions(status),
      kubeletVersion:
        filledText(inner(status, 'nodeInfo'), 'kubeletVersion') ??
        filledText(status, 'kubeletVersion'),
    }),
  };
}

/** A Namespace as the API prints it, or as a snapshot holds it. */
export function parseNamespace(value: unknown): Namespace {
  const object = asRaw(value);
  return {
    kind: 'Namespace',
    metadata: parseMetadata(object),
    status: present({ phase: filledText(inner(object, 'status'), 'phase') }),
  };
}
