import { remembered } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { ageMs } from '../ages.ts';
import { keyOfService } from '../services.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';
import type { ClaimFacts } from './claims.ts';
import { speakerOn, type SpeakerFacts } from './speaker-on.ts';

/** A speaker that finds again and again that its ServiceL2Status of a Service was deleted by another. */
export interface Dispute {
  readonly node: string;
  /** The newest such line. */
  readonly line: LogLine;
}

/**
 * Speakers that each hold a Service for their own delete each other's status without end (seen with v0.16.1), and their
 * logs soon hold nothing else. One alone is no dispute: a single announcer can run in such a circle too (#3063).
 */
export function disputesOver(
  service: Service,
  facts: ClaimFacts & SpeakerFacts,
): readonly Dispute[] {
  const { lines, refused } = heard(facts);
  if (!refused.has(keyOfService(service))) {
    return [];
  }
  const found = [...lines].flatMap(([name, own]): Dispute[] => {
    const node = facts.pods.find(({ metadata }) => metadata.name === name)?.spec.nodeName;
    const line = lastRefusal(own, service, facts.takenAt);
    return node === undefined || line === undefined || !runsThere(node, name, facts)
      ? []
      : [{ node, line }];
  });
  return found.length < 2 ? [] : found.toSorted((a, b) => (a.node < b.node ? -1 : 1));
}

/** The lines of every speaker, and the Services that any of them writes of in vain. */
const heard = remembered(({ speakerLogs, takenAt }: ClaimFacts) => {
  const all = logLines(speakerLogs, takenAt).filter(({ previous }) => !previous);
  return {
    lines: Map.groupBy(all, ({ pod }) => pod),
    refused: new Set(all.filter(isOfAStatus).map(keyIn)),
  };
});

function runsThere(node: string, name: string, facts: SpeakerFacts): boolean {
  const { state, pod } = speakerOn(node, facts);
  return state === 'running' && pod.metadata.name === name;
}

const leastLines = 3;
/** Of a circle that runs several times a second. */
const turnMs = 10_000;
const currentMs = 2 * 60_000;

/** Undefined when it is over, or never was more than the haste of a takeover. */
function lastRefusal(own: readonly LogLine[], service: Service, now: string): LogLine | undefined {
  const refusals = own.filter((line) => isRefusal(line, service));
  const last = refusals.at(-1);
  const first = refusals.at(-leastLines);
  return last === undefined ||
    first === undefined ||
    (ageMs(first.at, last.at ?? '') ?? 0) > turnMs ||
    (ageMs(last.at, now) ?? 0) > currentMs ||
    own.slice(own.indexOf(first)).some(endsIt)
    ? undefined
    : last;
}

function isOfAStatus({ level, values }: LogLine): boolean {
  return level === 'error' && values.get('controller') === 'servicel2status';
}

function keyIn({ values }: LogLine): string {
  return `${values.get('namespace') ?? ''}/${values.get('name') ?? ''}`;
}

function isRefusal(line: LogLine, service: Service): boolean {
  const { words } = line;
  return (
    isOfAStatus(line) &&
    keyIn(line) === keyOfService(service) &&
    /servicel2statuses\.metallb\.io .* not found|resourceVersion should not be set/.test(words)
  );
}

/** Somebody was found again, or the address was given up. */
function endsIt({ values }: LogLine): boolean {
  return values.get('node event') === 'NodeJoin' || values.get('event') === 'serviceWithdrawn';
}
