import type { KubeEvent } from '../../facts/kube-objects.ts';
import { asRaw, filledText, inner, isRaw, number, present, shortText } from './fields.ts';
import { text, type Raw } from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** A core/v1 or events.k8s.io Event as the API prints it, or as a snapshot holds it. */
export function parseEvent(value: unknown): KubeEvent {
  const object = asRaw(value);
  const source = inner(object, isRaw(object['source']) ? 'source' : 'deprecatedSource');
  return present({
    kind: 'Event' as const,
    metadata: parseMetadata(object),
    about: parseAbout(object),
    type: text(object, 'type') ?? '',
    reason: text(object, 'reason') ?? '',
    message: shortText(object, 'message') ?? shortText(object, 'note') ?? '',
    component:
      filledText(source, 'component') ??
      filledText(object, 'reportingComponent') ??
      filledText(object, 'reportingController') ??
      filledText(object, 'component'),
    host:
      filledText(source, 'host') ??
      filledText(object, 'reportingInstance') ??
      filledText(object, 'host'),
    count: countOf(object),
    ...timesOf(object),
  });
}

function parseAbout(object: Raw): KubeEvent['about'] {
  const key = ['involvedObject', 'regarding', 'about'].find((name) => isRaw(object[name]));
  const raw = key === undefined ? {} : inner(object, key);
  return present({
    kind: text(raw, 'kind') ?? '',
    namespace: filledText(raw, 'namespace'),
    name: text(raw, 'name') ?? '',
    uid: filledText(raw, 'uid'),
  });
}

function countOf(object: Raw): number {
  return (
    number(inner(object, 'series'), 'count') ??
    number(object, 'count') ??
    number(object, 'deprecatedCount') ??
    1
  );
}

/** The four ways in which the two event APIs say when, folded into first and last. */
function timesOf(object: Raw): { firstAt: string | undefined; lastAt: string | undefined } {
  const at = filledText(object, 'eventTime');
  const first =
    filledText(object, 'firstTimestamp') ??
    filledText(object, 'deprecatedFirstTimestamp') ??
    at ??
    filledText(object, 'firstAt');
  const last =
    filledText(inner(object, 'series'), 'lastObservedTime') ??
    filledText(object, 'lastTimestamp') ??
    filledText(object, 'deprecatedLastTimestamp') ??
    filledText(object, 'lastAt') ??
    first ??
    filledText(inner(object, 'metadata'), 'creationTimestamp');
  return { firstAt: first ?? last, lastAt: last };
}
