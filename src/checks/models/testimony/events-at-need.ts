import type { Facts } from '../../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';

type EventFacts = Facts<never, 'events' | 'ipAddressPools'>;

/** Why nobody's failed changes need to be looked for: events are not there, and the pools are. */
export function noEventsNoMatter({ events, ipAddressPools }: EventFacts): string | undefined {
  return events.state !== 'read' && itemsIfRead(ipAddressPools).length > 0
    ? 'no events were read, and there are pools'
    : undefined;
}

/** Without a pool somebody may have failed to make one, and only events tell. */
export function eventsWithoutPools({ ipAddressPools }: EventFacts): readonly 'events'[] {
  return itemsIfRead(ipAddressPools).length > 0 ? [] : ['events'];
}
