import type { Service } from '../facts/kube-objects.ts';
import type { ControllerSettings } from './model-input.ts';

/**
 * A Service as the API server stores it. Kubernetes from 1.30 on writes `ipMode: VIP` beside each address, which MetalLB
 * never does: its next look takes the Service for changed and writes it again in vain, with a warning of deprecated
 * annotations each time. A Service that is no load balancer (any more) has no addresses in its status.
 */
export function asStored(written: Service, { apiServerDefaults }: ControllerSettings): Service {
  if (apiServerDefaults !== true) {
    return written;
  }
  const { status, spec } = written;
  const ingress =
    spec.type === 'LoadBalancer'
      ? status.ingress.map((entry) =>
          entry.ip === undefined ? entry : { ...entry, ipMode: entry.ipMode ?? 'VIP' },
        )
      : [];
  return { ...written, status: { ...status, ingress } };
}
