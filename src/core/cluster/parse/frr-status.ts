import type { BGPSessionState, FRRNodeState } from '../../facts/kube-objects.ts';
import { asRaw, filledText, inner, present, shortText } from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** A BGPSessionState of frr-k8s as the API prints it, or as a snapshot holds it. */
export function parseBGPSessionState(value: unknown): BGPSessionState {
  const object = asRaw(value);
  const status = inner(object, 'status');
  return {
    kind: 'BGPSessionState',
    metadata: parseMetadata(object),
    status: present({
      node: filledText(status, 'node'),
      peer: filledText(status, 'peer'),
      vrf: filledText(status, 'vrf'),
      bgpStatus: filledText(status, 'bgpStatus'),
      bfdStatus: filledText(status, 'bfdStatus'),
    }),
  };
}

/** An FRRNodeState as the API prints it, or as a snapshot holds it; the running configuration may hold passwords and is dropped. */
export function parseFRRNodeState(value: unknown): FRRNodeState {
  const object = asRaw(value);
  const status = inner(object, 'status');
  return {
    kind: 'FRRNodeState',
    metadata: parseMetadata(object),
    status: present({
      lastConversionResult: shortText(status, 'lastConversionResult'),
      lastReloadResult: shortText(status, 'lastReloadResult'),
    }),
  };
}
