import type {
  CiliumL2AnnouncementPolicy,
  CiliumLoadBalancerIPPool,
  LabelSelector,
} from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, isRaw, present, raws, type Raw, texts } from './fields.ts';
import { parseLabelSelector, parseMetadata } from './metadata.ts';

/** A CiliumLoadBalancerIPPool as the API prints it, or as a snapshot holds it; releases before 1.15 said `cidrs`. */
export function parseCiliumLoadBalancerIPPool(value: unknown): CiliumLoadBalancerIPPool {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'CiliumLoadBalancerIPPool',
    metadata: parseMetadata(object),
    spec: present({
      disabled: flag(spec, 'disabled') === true,
      serviceSelector: selectorAt(spec, 'serviceSelector'),
      blocks: [...raws(spec, 'blocks'), ...raws(spec, 'cidrs')].map((block) =>
        present({
          cidr: filledText(block, 'cidr'),
          start: filledText(block, 'start'),
          stop: filledText(block, 'stop'),
        }),
      ),
    }),
  };
}

/** A CiliumL2AnnouncementPolicy as the API prints it, or as a snapshot holds it. */
export function parseCiliumL2AnnouncementPolicy(value: unknown): CiliumL2AnnouncementPolicy {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'CiliumL2AnnouncementPolicy',
    metadata: parseMetadata(object),
    spec: present({
      serviceSelector: selectorAt(spec, 'serviceSelector'),
      nodeSelector: selectorAt(spec, 'nodeSelector'),
      interfaces: texts(spec, 'interfaces'),
      externalIPs: flag(spec, 'externalIPs') === true,
      loadBalancerIPs: flag(spec, 'loadBalancerIPs') === true,
    }),
  };
}

/** One that is absent selects everything, as an empty one does. */
function selectorAt(spec: Raw, key: string): LabelSelector | undefined {
  return isRaw(spec[key]) ? parseLabelSelector(inner(spec, key)) : undefined;
}
