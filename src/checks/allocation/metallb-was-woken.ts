import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { KubeEvent, Service } from '../../core/facts/kube-objects.ts';
import type { Allocation, WouldGet } from '../../core/metallb/answer.ts';
import { claimOf } from '../../core/metallb/claim.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { ageMs, agoText } from '../models/ages.ts';
import { type AllocationModel, allocationOf } from '../models/allocation/allocation.ts';
import { endsDenied } from '../models/programs/denied-rights.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { servicesSeemMissing } from '../models/programs/missing-services.ts';
import { controllerOf } from '../models/programs/programs.ts';
import {
  allocationHelps,
  allocationNeeds,
  namespacesIfSelected,
  noAllocationQuestion,
} from '../models/allocation/refusals.ts';
import { refOf } from '../models/references.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { seenEvent, workedOut } from '../models/seen.ts';
import { type Suspect, suspectsIn } from '../models/allocation/suspects.ts';
import { serves } from '../models/programs/troubled-pods.ts';

const momentMs = 30_000;
const justNowMs = 60_000;
const listed = 8;

type WakingFacts = Facts<'services', 'events'>;

interface Waiting extends Suspect {
  readonly answer: WouldGet;
}

/** A Service that failed once is not tried again on a timer. */
export const metallbWasWoken = defineCheck({
  id: 'MLB-A26',
  asks: 'Is there an address that MetalLB was not woken to give?',
  symptoms: ['pending', 'health'],
  causes: ['waiting-for-retry'],
  needs: [...allocationNeeds, 'deployments', 'daemonSets', 'pods'],
  helps: [...allocationHelps, 'controllerLogs'],
  basis: 'inferred',
  // Its log tells a controller that was not woken from one that may not write (MLB-I07, MLB-I11); so does an event
  // that says it was refused, because a write that fails follows on an allocation.
  alsoNeeds: (facts, subject) => [
    ...namespacesIfSelected(facts),
    ...(suspectsIn(facts, subject).some(
      (suspect) => isWaiting(suspect) && lastSaid(suspect.service, facts) !== 'AllocationFailed',
    )
      ? (['controllerLogs'] as const)
      : []),
  ],
  skipWhen: (facts, subject) => {
    const controller = controllerOf(facts);
    return controller !== undefined && !serves(controller, facts.takenAt)
      ? 'the controller itself is in trouble'
      : noAllocationQuestion(facts, subject);
  },
  run: (facts, subject) => {
    const model = allocationOf(facts);
    const waiting = suspectsIn(facts, subject)
      .filter(isWaiting)
      .filter(({ service }) => subject !== undefined || !isUntried(service, facts))
      .filter(({ service }) => !wasGivenOne(service, facts))
      .filter(
        ({ service }) =>
          !servicesSeemMissing(facts.services, facts.ipAddressPools, refusalOf(service, facts)),
      );
    const [first] = waiting;
    const isDenied = endsDenied(logLines(facts.controllerLogs, facts.takenAt));
    if (model === undefined || first === undefined || isDenied) {
      return [];
    }
    const told = finding(first, model, facts);
    const names = waiting.map(({ key }) => key).toSorted();
    return subject !== undefined
      ? [told]
      : [
          {
            ...told,
            affects: waiting.map(({ service }) => refOf(service)),
            says:
              names.length === 1
                ? `${names[0]} is pending: ${told.says}`
                : `${names.length} Services are pending although there are addresses for them`,
            details: [...told.details, `pending: ${names.slice(0, listed).join(', ')}`],
          },
        ];
  },
});

function isWaiting(suspect: Suspect): suspect is Waiting {
  return suspect.cause === 'waiting-for-retry' && suspect.answer.outcome === 'would-get';
}

function finding(
  { service, answer, key }: Waiting,
  model: AllocationModel,
  facts: WakingFacts,
): Found {
  const about = refOf(service);
  const offers = answer.options.map(offerText);
  const failed = refusalOf(service, facts);
  const fresh = failed !== undefined && isYoungerThan(failed.lastAt, facts.takenAt, justNowMs);
  const untried = isUntried(service, facts);
  return {
    cause: 'waiting-for-retry',
    severity: untried ? 'warning' : 'error',
    about,
    affects: [about],
    says: saysOf(offers.join(' or '), { untried, fresh }),
    details: [...whyNotWoken(facts, service, model), ...lastTry(failed, facts.takenAt)],
    because: [
      workedOut(
        about,
        'metallb allocator: automatic',
        `by MetalLB's own rules ${key} would get ${offers.join(' or ')}`,
      ),
      ...(failed === undefined || fresh ? [] : [seenEvent(failed)]),
    ],
    against: failed !== undefined && fresh ? [seenEvent(failed)] : [],
    doubts: ['MetalLB tries it again, fails, and says so in a new event'],
    suggests: [
      {
        says: 'touch the Service; any change makes MetalLB look at it again',
        command: annotateCommand(service, 'triage/woken-at', facts.takenAt),
        mutates: true,
      },
    ],
  };
}

/** Who was refused only just now was woken: either something changed since, or MetalLB sees another cluster. */
function saysOf(
  offers: string,
  { untried, fresh }: { readonly untried: boolean; readonly fresh: boolean },
): string {
  if (untried) {
    return `it is only just created; MetalLB has ${offers} for it`;
  }
  return fresh
    ? `there is an address for it (${offers}), and MetalLB refused it only just now: it came free since, or MetalLB works with other pools and Services than these`
    : `there is an address for it now (${offers}), but MetalLB was not woken to try again`;
}

function offerText({ addresses, pool, sharedWith }: Allocation): string {
  const shared = sharedWith.length === 0 ? '' : `, shared with ${sharedWith.join(', ')}`;
  return `${addresses.join(' and ')} of ${pool}${shared}`;
}

/** What in this release does not wake it. */
function whyNotWoken(
  { installation }: WakingFacts,
  service: Service,
  model: AllocationModel,
): readonly string[] {
  const version = installation?.controllerVersion ?? '';
  const missesDeletions = isOlder(version, 'v0.13.9');
  const shares = claimOf(service, model.behaviour).sharingKey !== '';
  return [
    'MetalLB tries a pending Service again only when it changes, a pool changes, or another Service gives an address back',
    ...(missesDeletions
      ? [`${version} does not even do that when a Service is deleted (mended in v0.13.9, #1586)`]
      : []),
    ...(shares && !model.behaviour.keyChangeWakesAll
      ? [
          `${version} looks only at the Service whose sharing key was edited, not at those that wait for it (mended in v0.15.0, #2403)`,
        ]
      : []),
  ];
}

function lastTry(failed: KubeEvent | undefined, now: string): readonly string[] {
  return failed === undefined ? [] : [`last try${agoText(failed.lastAt, now)}: ${failed.message}`];
}

function refusalOf(service: Service, facts: WakingFacts): KubeEvent | undefined {
  return eventsAbout(facts, refOf(service)).find((event) => event.reason === 'AllocationFailed');
}

/** MetalLB did try, and says it gave an address: whoever keeps it out of the status, this is no sleep. */
function wasGivenOne(service: Service, facts: WakingFacts): boolean {
  return lastSaid(service, facts) === 'IPAllocated';
}

const attempts = ['IPAllocated', 'AllocationFailed', 'ClearAssignment'];

/** How the last try that an event tells of ended. */
function lastSaid(service: Service, facts: Facts<never, 'events'>): string | undefined {
  return eventsAbout(facts, refOf(service)).find(({ reason }) => attempts.includes(reason))?.reason;
}

/** So new that MetalLB may be about to answer; once it has refused it, it is waiting like any other. */
function isUntried(service: Service, facts: WakingFacts): boolean {
  const isNew = isYoungerThan(service.metadata.creationTimestamp, facts.takenAt, momentMs);
  return isNew && refusalOf(service, facts) === undefined;
}

function isYoungerThan(time: string | undefined, now: string, ms: number): boolean {
  const age = ageMs(time, now);
  return age !== undefined && age < ms;
}
