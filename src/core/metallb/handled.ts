import type { Service } from '../facts/kube-objects.ts';
import type { NotHandled } from './answer.ts';

/** Why the controller passes this Service by on account of its class; undefined when it looks at it. */
export function passedByClass(
  service: Service,
  loadBalancerClass: string | undefined,
): NotHandled['why'] | undefined {
  const serviceClass = service.spec.loadBalancerClass;
  const handledClass = loadBalancerClass === '' ? undefined : loadBalancerClass;
  return serviceClass === handledClass ? undefined : { kind: 'class', serviceClass, handledClass };
}
