import type { Service } from '../facts/kube-objects.ts';
import { allocatedFromAnnotation } from './look-at-service.ts';
import type { WorldObject } from './world.ts';

/** Writing a Service again leaves alone what the controller wrote to it. */
export function asReplaced(before: WorldObject, after: WorldObject): WorldObject {
  return before.kind === 'Service' && after.kind === 'Service'
    ? { ...after, metadata: withMark(before, after), status: before.status }
    : after;
}

function withMark(before: Service, { metadata }: Service): Service['metadata'] {
  const mark = before.metadata.annotations[allocatedFromAnnotation];
  return mark === undefined
    ? metadata
    : { ...metadata, annotations: { ...metadata.annotations, [allocatedFromAnnotation]: mark } };
}
