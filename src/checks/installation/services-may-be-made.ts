import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { agoText } from '../models/ages.ts';
import { serviceRef } from '../models/references.ts';
import { seenEvent } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { noEventsToAsk } from '../models/testimony/events.ts';
import {
  type Exhausted,
  type QuotaRefusal,
  quotaRefusals,
} from '../models/testimony/quota-refusals.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** A Service that a quota refuses does not exist, or stays what it was: MetalLB never hears of it. */
export const servicesMayBeMade = defineCheck({
  id: 'MLB-I48',
  asks: 'Do the quotas of their namespaces let Services be made?',
  symptoms: ['pending', 'health'],
  causes: ['services-blocked-by-quota'],
  byWordsAlone: true,
  needs: ['services'],
  helps: ['events'],
  enoughInNamespace: ['services'],
  basis: 'observed',
  skipWhen: noEventsToAsk,
  run: ({ events, services, takenAt }, subject) => {
    const open = quotaRefusals(itemsIfRead(events))
      .map((each) => placed(each, services, subject))
      .filter((each) => isOpen(each, services, subject));
    return [...Map.groupBy(open, ({ namespace, quota }) => `${namespace} ${quota}`).values()]
      .flatMap((group) =>
        findingOf(group, { services, now: takenAt, isAsked: subject !== undefined }),
      )
      .toSorted((a, b) => (a.says < b.says ? -1 : 1));
  },
});

/** Who applies it does not always say where: then the Service asked about tells, or the only one of that name. */
function placed(
  refusal: QuotaRefusal,
  services: readonly Service[],
  subject: Subject,
): QuotaRefusal {
  const [only, ...others] = (subject === undefined ? services : [subject]).filter(
    ({ metadata }) => metadata.name === refusal.name,
  );
  return refusal.namespace === undefined && others.length === 0
    ? { ...refusal, namespace: only?.metadata.namespace }
    : refusal;
}

/** A Service that is there as a LoadBalancer was let through since. */
function isOpen(
  { name, namespace }: QuotaRefusal,
  services: readonly Service[],
  subject: Subject,
): boolean {
  const isMeant = ({ metadata }: Service): boolean =>
    metadata.name === name && (namespace === undefined || metadata.namespace === namespace);
  return (
    !services.some((each) => isMeant(each) && each.spec.type === 'LoadBalancer') &&
    (subject === undefined || isMeant(subject))
  );
}

const shown = 5;

interface Scene {
  readonly services: readonly Service[];
  readonly now: string;
  /** True when the question is about one Service. */
  readonly isAsked: boolean;
}

function findingOf(
  group: readonly QuotaRefusal[],
  { services, now, isAsked }: Scene,
): readonly Found[] {
  const [first] = group;
  if (first === undefined) {
    return [];
  }
  const { quota, namespace, exhausted } = first;
  const keys = [...new Set(group.flatMap((each) => keyOf(each) ?? []))].toSorted();
  const whom = keys.length === 0 ? 'a Service' : keys.slice(0, shown).join(', ');
  const [key] = keys;
  const isThere = services.some((each) => keyOfService(each) === key);
  return [
    {
      cause: 'services-blocked-by-quota',
      // MetalLB and all that is there works; only for the Service asked about is it the trouble itself
      severity: isAsked ? 'error' : 'warning',
      about: {
        kind: 'ResourceQuota',
        name: quota,
        ...(namespace === undefined ? {} : { namespace }),
      },
      affects: namespace === undefined ? [] : keys.map(serviceRef),
      says: `quota ${quota} does not let ${whom} ${isThere ? 'become a LoadBalancer' : 'be made'}: ${exhausted.map(standing).join(' and ')}`,
      details: [
        ...group
          .slice(0, shown)
          .map(({ event }) => `${event.reason}${agoText(event.lastAt, now)}: ${event.message}`),
        ...usersOf(namespace, services),
        `MetalLB never hears of it${isThere ? '' : ', and kubectl get services does not show it'}`,
      ],
      because: group.slice(0, shown).map(({ event }) => seenEvent(event)),
      doubts: ['it was given up, or tried again and taken, under another name'],
      suggests: remedies(first),
    },
  ];
}

function keyOf({ name, namespace }: QuotaRefusal): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Who has the places: giving one back is the other way out. */
function usersOf(namespace: string | undefined, services: readonly Service[]): readonly string[] {
  const users = services
    .filter(
      ({ metadata, spec }) => metadata.namespace === namespace && spec.type === 'LoadBalancer',
    )
    .map(keyOfService)
    .toSorted();
  return users.length === 0 ? [] : [`LoadBalancer Services there: ${someOf(users, shown)}`];
}

function standing({ resource, used, limit }: Exhausted): string {
  return `${resource} stands at ${used} of ${limit}`;
}

function remedies({ quota, namespace, exhausted }: QuotaRefusal): readonly Remedy[] {
  if (namespace === undefined) {
    return [
      {
        says: `find quota ${quota}, and raise it or free some of it`,
        command: 'kubectl get resourcequotas -A',
        mutates: false,
      },
    ];
  }
  const look: Remedy = {
    says: 'see what is used, and free some of it',
    command: kubectl`-n ${namespace} describe resourcequota ${quota}`,
    mutates: false,
  };
  const raised = exhausted.map((each): [string, number] => [each.resource, enoughFor(each)]);
  const hard = Object.fromEntries(raised.map(([resource, count]) => [resource, String(count)]));
  const patch = JSON.stringify({ spec: { hard } });
  return raised.every(([, count]) => Number.isSafeInteger(count))
    ? [
        {
          says: 'raise the quota so far that it fits, if that is yours to decide; then apply the Service again',
          command: kubectl`-n ${namespace} patch resourcequota ${quota} --type=merge -p ${patch}`,
          mutates: true,
        },
        look,
      ]
    : [look];
}

/** A quota that was lowered may be overdrawn already. */
function enoughFor({ requested, used, limit }: Exhausted): number {
  return Math.max(Number(limit), Number(used) || 0) + Number(requested);
}
