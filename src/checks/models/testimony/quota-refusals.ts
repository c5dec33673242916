import type { KubeEvent } from '../../../core/facts/kube-objects.ts';
import { tellsOfSuccess } from './success.ts';
import { unescaped } from './unescaped.ts';

/** A Service that the API server did not take, because a quota of its namespace is used up. */
export interface QuotaRefusal {
  readonly event: KubeEvent;
  readonly quota: string;
  /** The object's name; undefined where the API server was to choose one. */
  readonly name: string | undefined;
  /** Undefined where whoever applied it does not say. */
  readonly namespace: string | undefined;
  /** What is used up, what says most of a LoadBalancer first; never empty. */
  readonly exhausted: readonly Exhausted[];
}

/** One resource of a quota that does not suffice: `services.loadbalancers`, `services`. */
export interface Exhausted {
  readonly resource: string;
  readonly requested: string;
  readonly used: string;
  readonly limit: string;
}

const refusal =
  /services "([^"]*)" is forbidden: exceeded quota: ([^,\s]+), requested: (\S+), used: (\S+), limited: ([^\s;]+)/;

/** Those whose events stand in a namespace of their own and not in that of what they apply. */
const appliers = /^(?:Application|ApplicationSet|Kustomization|HelmRelease|HelmChart|Bundle)$/;

/** What these events tell of Services that a quota refused; only what nobody got applied since. */
export function quotaRefusals(events: readonly KubeEvent[]): readonly QuotaRefusal[] {
  const byObject = Map.groupBy(
    events,
    ({ about }) => `${about.kind} ${about.namespace}/${about.name}`,
  );
  return [...byObject.values()].flatMap((own) => {
    const newest = own.toSorted((a, b) => timeOf(b) - timeOf(a));
    const settled = newest.findIndex((event) => tellsOfSuccess(event) && !isRefusal(event.message));
    return (settled === -1 ? newest : newest.slice(0, settled)).flatMap((event) =>
      refusalIn(event),
    );
  });
}

function isRefusal(message: string): boolean {
  return refusal.test(unescaped(message));
}

function refusalIn(event: KubeEvent): readonly QuotaRefusal[] {
  const [, name = '', quota, ...told] = refusal.exec(unescaped(event.message)) ?? [];
  const exhausted = exhaustedOf(told);
  return quota === undefined || exhausted.length === 0
    ? []
    : [
        {
          event,
          quota,
          name: name === '' ? undefined : name,
          namespace: namespaceIn(event, name),
          exhausted,
        },
      ];
}

function exhaustedOf(told: readonly string[]): readonly Exhausted[] {
  const [requested, used, limited] = [0, 1, 2].map((index) => amounts(told[index] ?? ''));
  return counted.flatMap((resource) => {
    const limit = limited?.get(resource);
    const asked = requested?.get(resource) ?? '1';
    return limit === undefined || asked === '0'
      ? []
      : [{ resource, requested: asked, used: used?.get(resource) ?? '?', limit }];
  });
}

/** What of a quota a LoadBalancer Service counts for; the first says most. */
const counted = ['services.loadbalancers', 'services.nodeports', 'services', 'count/services'];

/** `services=5,services.loadbalancers=2`. */
function amounts(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((each): [string, string] => {
      const [key = '', value = ''] = each.split('=');
      return [key, value];
    }),
  );
}

/** Flux writes `Service/shop/web dry-run failed`, Helm `for release shop/web`; others stand where their object is. */
function namespaceIn({ about, message }: KubeEvent, name: string): string | undefined {
  const told = [...message.matchAll(/Service\/([a-z0-9-]+)\/([\w.-]+)/g)].find(
    ([, , each]) => each === name,
  );
  const released = /for release ([a-z0-9-]+)\//.exec(message);
  return told?.[1] ?? released?.[1] ?? (appliers.test(about.kind) ? undefined : about.namespace);
}

function timeOf({ lastAt, firstAt }: KubeEvent): number {
  return Date.parse(lastAt ?? firstAt ?? '') || 0;
}
