import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { L2Advertisement, Service } from '../../../core/facts/kube-objects.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { claimsOn } from '../announcing/claims.ts';
import { changeOf } from '../configuration/loaded-configuration.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenLine } from '../seen.ts';
import { keyOfService } from '../services.ts';
import { eventsAbout } from '../testimony/events.ts';
import { linesOn, responderLines, respondersOn } from './responders.ts';

/** Whom a failure to announce is about, and the advertisements that name the interfaces. */
export interface Announced {
  readonly service: Service;
  readonly node: string;
  readonly wanted: readonly string[];
  readonly advertisements: readonly L2Advertisement[];
}

type FailureFacts = AnnouncingFacts & Facts<never, 'events' | 'serviceL2Statuses'>;

/** MetalLB's last word that the node has no such interface; undefined when something later says otherwise. Events stay for an hour. */
export function standingFailure(asked: Announced, facts: FailureFacts): Evidence | undefined {
  const { service, node } = asked;
  const events = eventsAbout(facts, refOf(service))
    .filter(({ reason, message }) => reason === 'announceFailed' && message.includes(`"${node}"`))
    .map((event) => ({ at: event.lastAt ?? event.firstAt, evidence: seenEvent(event) }));
  const lines = linesOn(node, facts)
    .filter(({ text }) => text.includes(`interfaces used to announce LB IP don't exist`))
    .filter(
      ({ values }) => (values.get('service') ?? keyOfService(service)) === keyOfService(service),
    )
    .map((line) => ({ at: line.at, evidence: seenLine(line) }));
  const failures = [...events.slice(0, 1), ...lines.slice(-1)];
  const newest = Math.max(...failures.map(({ at }) => timeOf(at)));
  return endsOf(asked, facts).some((end) => end > newest + slackMs)
    ? undefined
    : failures[0]?.evidence;
}

/** A failure and the announcement that follows it all the same are of one moment; clocks of machines differ a little. */
const slackMs = 5_000;

/** When it may have ended: a responder was opened, an advertisement was changed, or the node announced again. */
function endsOf(
  { service, node, wanted, advertisements }: Announced,
  facts: FailureFacts,
): readonly number[] {
  const open = new Set(respondersOn(node, facts));
  return [
    ...responderLines(node, facts)
      .filter(({ values }) => {
        const name = values.get('interface') ?? '';
        return wanted.includes(name) && open.has(name);
      })
      .map(({ at }) => at),
    ...advertisements.map(changeOf),
    ...claimsOn(service, facts)
      .filter(
        (claim) => claim.node === node && claim.protocol === 'layer2' && claim.by !== 'status',
      )
      .filter(({ announces }) => announces)
      .map(({ at }) => at),
  ].map(timeOf);
}

function timeOf(at: string | undefined): number {
  return Date.parse(at ?? '') || 0;
}
