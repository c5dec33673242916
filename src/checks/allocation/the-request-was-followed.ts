import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { WouldGet } from '../../core/metallb/answer.ts';
import { addressRequestOf, poolRequestOf } from '../../core/metallb/requests.ts';
import { ageMs } from '../models/ages.ts';
import { type AllocationModel, allocationOf } from '../models/allocation/allocation.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import {
  allocationHelps,
  allocationNeeds,
  namespacesIfSelected,
  type RefusalFacts,
} from '../models/allocation/refusals.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { noPoolsToJudge } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

/** An edit that is younger may just not have been looked at. */
const momentMs = 60_000;

/** MetalLB takes back what a Service has as soon as it looks at it and finds another pool or address asked for. */
export const theRequestWasFollowed = defineCheck({
  id: 'MLB-A33',
  asks: 'Does the Service have what it asks for?',
  symptoms: ['pending', 'health'],
  causes: ['waiting-for-retry'],
  needs: allocationNeeds,
  helps: allocationHelps,
  basis: 'inferred',
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts, subject) =>
    subject !== undefined && addressesIn(subject).length === 0
      ? 'the Service has no address'
      : noPoolsToJudge(facts),
  run: (facts, subject) => {
    const model = allocationOf(facts);
    return model === undefined
      ? []
      : (subject === undefined ? facts.services : [subject])
          .filter((service) => isServedBy(facts.installation, service))
          .filter((service) => asksForSomething(service, model))
          .filter((service) => !isJustEdited(service, facts.takenAt))
          .flatMap((service) => findings(service, model, { facts, subject }));
  },
});

function asksForSomething(service: Service, { behaviour }: AllocationModel): boolean {
  return (
    addressesIn(service).length > 0 &&
    (poolRequestOf(service, behaviour) !== undefined ||
      addressRequestOf(service, behaviour).kind === 'addresses')
  );
}

function isJustEdited({ metadata }: Service, now: string): boolean {
  const edits = metadata.managedFields.filter(({ subresource }) => subresource === undefined);
  return edits.some(({ time }) => (ageMs(time, now) ?? momentMs) < momentMs);
}

interface Question {
  readonly facts: RefusalFacts;
  readonly subject: Subject;
}

function findings(
  service: Service,
  model: AllocationModel,
  { facts, subject }: Question,
): readonly Found[] {
  const answer = model.answerFor(service);
  const asked = answer.outcome === 'would-get' ? askedFor(answer) : undefined;
  const held = addressesIn(service);
  if (answer.outcome !== 'would-get' || asked === undefined || givesAgain(answer, held)) {
    return [];
  }
  const gets = answer.options
    .map(({ addresses, pool }) => `${addresses.join(' and ')} of ${pool}`)
    .join(' or ');
  const has = held.join(', ');
  const says =
    subject === undefined
      ? `${keyOfService(service)} asks for ${asked} and has ${has}: MetalLB has not looked at it since`
      : `it asks for ${asked}, and MetalLB has not looked at it since`;
  return [finding(service, { says, has, gets, now: facts.takenAt })];
}

interface Told {
  readonly says: string;
  readonly has: string;
  readonly gets: string;
  readonly now: string;
}

function finding(service: Service, { says, has, gets, now }: Told): Found {
  const about = refOf(service);
  return {
    cause: 'waiting-for-retry',
    severity: 'warning',
    about,
    affects: [about],
    says,
    details: [`looked at, it loses ${has} and gets ${gets}`],
    because: [
      workedOut(
        about,
        'metallb controller: convergeBalancer',
        `by MetalLB's own rules ${keyOfService(service)} would get ${gets}`,
      ),
    ],
    doubts: ['the Service or the pools were changed only just now'],
    suggests: [
      {
        says: 'touch the Service; any change makes MetalLB look at it again, and its address changes then',
        command: annotateCommand(service, 'triage/woken-at', now),
        mutates: true,
      },
    ],
  };
}

function askedFor({ loses }: WouldGet): string | undefined {
  switch (loses?.because.kind) {
    case 'other-pool-requested':
      return `pool ${loses.because.pool}`;
    case 'other-address-requested':
      return loses.because.requested.join(' and ');
    case undefined:
    case 'status-unreadable':
    case 'family-changed':
    case 'not-allowed':
    case 'refusal':
      return undefined;
  }
}

/** Up to v0.13.9 a pool that contradicts the address is only noticed afterwards: it loses it and gets it again (#1916). */
function givesAgain({ options }: WouldGet, held: readonly string[]): boolean {
  return options.some(
    ({ addresses }) => addresses.toSorted().join(' ') === held.toSorted().join(' '),
  );
}
