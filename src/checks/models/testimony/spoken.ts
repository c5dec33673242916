import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { KubeEvent, Service } from '../../../core/facts/kube-objects.ts';
import { eventsAbout } from './events.ts';
import { refOf } from '../references.ts';
import { seenEvent } from '../seen.ts';

/** What MetalLB itself said about a Service, for and against what was worked out. */
export interface Testimony {
  readonly confirms: readonly Evidence[];
  readonly contradicts: readonly Evidence[];
}

const complaints: readonly string[] = [
  'AllocationFailed',
  'LoadBalancerFailed',
  'not enough clusterips',
];

/** The families of MetalLB's refusals; the wording inside one differs by version and by order. */
const texts: readonly RegExp[] = [
  /no available IPs|\["<nil>"\] is not allowed in config/,
  /is not allowed in config/,
  /can't change sharing key/,
  /is already in use on/,
  /unknown pool/,
  /not compatible for ip assignment/,
  /is not compatible with requested address pool/,
  /does not match the ipFamily/,
  /can not have both/,
  /invalid /,
  /same address family|invalid ips length/,
  /not enough clusterips/,
];

/**
 * Compares MetalLB's newest complaint about `service` with the text it should give by our reckoning. Events carry
 * whole seconds: of several of the same second, any one that agrees is the answer to the present state.
 */
export function testimonyOn(
  service: Service,
  expected: string | undefined,
  facts: Facts<never, 'events'>,
): Testimony {
  const said = eventsAbout(facts, refOf(service)).filter((event) =>
    complaints.includes(event.reason),
  );
  const [newest] = said;
  if (newest === undefined || expected === undefined || isOlderThanService(newest, service)) {
    return { confirms: [], contradicts: [] };
  }
  const latest = said.filter((event) => secondOf(event) === secondOf(newest));
  const agreeing =
    latest.find((event) => event.message.includes(expected)) ??
    latest.find((event) => kindOf(event.message) === kindOf(expected));
  return agreeing === undefined
    ? { confirms: [], contradicts: [seenEvent(newest)] }
    : { confirms: [seenEvent(agreeing)], contradicts: [] };
}

/** MetalLB's newest complaint about `service`, if it was not edited since. */
export function lastComplaint(
  service: Service,
  events: readonly KubeEvent[],
): KubeEvent | undefined {
  const { name, namespace } = service.metadata;
  return events
    .filter(
      (event) =>
        event.about.kind === 'Service' &&
        event.about.name === name &&
        event.about.namespace === namespace &&
        complaints.includes(event.reason) &&
        !isOlderThanService(event, service),
    )
    .toSorted((a, b) => ((a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1))[0];
}

function secondOf(event: KubeEvent): string {
  return (event.lastAt ?? event.firstAt ?? '').slice(0, '2026-03-14T03:12:40'.length);
}

function kindOf(text: string): number {
  return texts.findIndex((pattern) => pattern.test(text));
}

/** An event from before the last edit speaks of another Service, so to say. */
function isOlderThanService(event: KubeEvent, service: Service): boolean {
  const edits = service.metadata.managedFields
    .filter((entry) => entry.subresource === undefined)
    .map((entry) => Date.parse(entry.time ?? ''))
    .filter((time) => !Number.isNaN(time));
  const seen = Date.parse(event.lastAt ?? '');
  return edits.some((edit) => edit > seen);
}
