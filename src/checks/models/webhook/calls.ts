import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type {
  BGPAdvertisement,
  IPAddressPool,
  KubeEvent,
  KubeObject,
  L2Advertisement,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { logLines } from '../testimony/log-lines.ts';
import { tellsOfSuccess } from '../testimony/success.ts';
import { unescaped } from '../testimony/unescaped.ts';
import { seenEvent, seenLine } from '../seen.ts';

/** What became of the call, by the words of the API server. */
export type CallFailure =
  | 'no-endpoints'
  | 'refused'
  | 'unanswered'
  | 'proxied'
  | 'tunnelled'
  | 'untrusted'
  | 'expired'
  | 'other-name'
  | 'no-service'
  | 'other';

/** The API server could not call MetalLB's admission or conversion webhook. */
export interface FailedCall {
  readonly failure: CallFailure;
  /** What the API server said, from the call on. */
  readonly words: string;
  /** The Service it asked, when the words name it. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  readonly at: string | undefined;
  readonly evidence: Evidence;
  /** Whose change it was: `Application argocd/metallb`. */
  readonly asker: string;
}

/** What can witness a call: events of whoever wanted to change an object, and the objects that were changed since. */
export type CallFacts = Facts<
  never,
  'events' | 'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements' | 'otherLogs'
>;

/** The webhooks of FRR-K8s and of the operator end in metallb.io too; other programs behind other Services answer them. */
const call =
  /failed calling webhook "?(?!"?(?:frr|metallbvalidation))[\w.-]*metallb\.io"?|conversion webhook for metallb\.io/;

/** True for words of an API server that could not call a webhook of MetalLB's own. */
export function tellsOfCall(words: string): boolean {
  return call.test(unescaped(words));
}

const failures: readonly (readonly [RegExp, CallFailure])[] = [
  [/no endpoints available/, 'no-endpoints'],
  [/service "[^"]*" not found/, 'no-service'],
  [/x509: certificate is (?:not )?valid for|cannot validate certificate for/, 'other-name'],
  [/x509: certificate has expired/, 'expired'],
  [/x509|failed to verify certificate|bad certificate|unknown authority/, 'untrusted'],
  // k3s and RKE2 reach pods through the agent of a node, and call that a proxy.
  [/proxy error from \S+ while dialing/, 'tunnelled'],
  [/proxyconnect|Service Unavailable|Bad Gateway|Gateway Time|Proxy/, 'proxied'],
  [/connection refused/, 'refused'],
  [
    /context deadline exceeded|i\/o timeout|Client\.Timeout|connection timed out|no route to host|network is unreachable|TLS handshake timeout|operation not permitted/,
    'unanswered',
  ],
];

/** The newest failed call of MetalLB's webhook that is not known to be over; undefined when there is none. */
export function failedCall(facts: CallFacts): FailedCall | undefined {
  const failed = [...inEvents(facts), ...inLogs(facts)].toSorted((a, b) =>
    (a.at ?? '') < (b.at ?? '') ? 1 : -1,
  )[0];
  if (failed === undefined || wasChangedSince(failed.at, facts)) {
    return undefined;
  }
  const words = failed.message.slice(failed.message.search(call));
  const [, name, namespace] = /https:\/\/([\w-]+)\.([\w-]+)\.svc/.exec(words) ?? [];
  return {
    failure: failures.find(([pattern]) => pattern.test(words))?.[1] ?? 'other',
    words: words.length > longest ? `${words.slice(0, longest)}…` : words,
    service: name === undefined || namespace === undefined ? undefined : { name, namespace },
    at: failed.at,
    evidence: failed.evidence,
    asker: failed.asker,
  };
}

interface Told {
  readonly message: string;
  readonly at: string | undefined;
  readonly evidence: Evidence;
  readonly asker: string;
}

function inEvents({ events }: CallFacts): readonly Told[] {
  const all = itemsIfRead(events);
  const settled = all.filter(tellsOfSuccess);
  return all
    .filter(
      (event) =>
        tellsOfCall(event.message) && !settled.some((success) => comesAfter(success, event)),
    )
    .map((event) => ({
      message: unescaped(event.message),
      at: event.lastAt,
      evidence: seenEvent(event),
      asker: `${event.about.kind} ${event.about.namespace ?? 'default'}/${event.about.name}`,
    }));
}

/** The same applier got through in the end. */
function comesAfter(later: KubeEvent, event: KubeEvent): boolean {
  return (
    later.about.kind === event.about.kind &&
    later.about.namespace === event.about.namespace &&
    later.about.name === event.about.name &&
    (later.lastAt ?? '') > (event.lastAt ?? '9')
  );
}

/** API servers, GitOps and Helm write it into their logs, people into a file of the dump. */
function inLogs({ otherLogs, takenAt }: CallFacts): readonly Told[] {
  return logLines(otherLogs, takenAt)
    .filter(({ text }) => tellsOfCall(text))
    .map((line) => ({
      message: unescaped(line.text),
      at: line.at,
      evidence: seenLine(line),
      asker: `the log ${line.pod}`,
    }));
}

const longest = 400;

type Guarded = IPAddressPool | L2Advertisement | BGPAdvertisement;

/** Whoever could change an object that the webhook guards has been answered by it. */
function wasChangedSince(at: string | undefined, facts: CallFacts): boolean {
  const guarded: readonly Guarded[] = [
    ...itemsIfRead(facts.ipAddressPools),
    ...itemsIfRead(facts.l2Advertisements),
    ...itemsIfRead(facts.bgpAdvertisements),
  ];
  return guarded.some((object) => changesOf(object).some((time) => time > (at ?? '9')));
}

function changesOf({ metadata }: KubeObject): readonly string[] {
  const writes = metadata.managedFields
    .filter(({ subresource }) => subresource === undefined)
    .map(({ time }) => time);
  return [metadata.creationTimestamp, ...writes].filter((time) => time !== undefined);
}
