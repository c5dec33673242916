import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import type { KubeEvent } from '../../../core/facts/kube-objects.ts';
import { nameOf, type ObjectRef } from '../../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';

type EventFacts = Facts<never, 'events'>;

/** Events about one object, newest first. Events live for an hour: none proves nothing. */
export function eventsAbout(facts: EventFacts, ref: ObjectRef): readonly KubeEvent[] {
  return eventsByObject(facts).get(nameOf(ref)) ?? [];
}

/** Why a question that only events can answer does not arise; undefined when they were read. */
export function noEventsToAsk({ events }: EventFacts): string | undefined {
  return events.state === 'read' ? undefined : 'only events tell, and they were not read';
}

const eventsByObject = remembered((facts: EventFacts): ReadonlyMap<string, readonly KubeEvent[]> =>
  Map.groupBy(
    itemsIfRead(facts.events).toSorted((a, b) => timeValue(b) - timeValue(a)),
    ({ about }) => nameOf(refIn(about)),
  ),
);

function refIn({ kind, namespace, name }: KubeEvent['about']): ObjectRef {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

function timeValue(event: KubeEvent): number {
  return Date.parse(event.lastAt ?? event.firstAt ?? '') || 0;
}
