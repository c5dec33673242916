import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
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
import { noAddressToJudge } from '../models/configuration/configuration.ts';
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
  skipWhen: noAddressToJudge,
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

function isJustEdited(service: Service, now: string): boolean {
  return editAges(service, now).some((age) => age < momentMs);
}

/** How long ago it was edited; empty where nobody knows, because kubectl leaves the managed fields out. */
function editAges({ metadata }: Service, now: string): readonly number[] {
  return metadata.managedFields
    .filter(({ subresource }) => subresource === undefined)
    .flatMap(({ time }) => ageMs(time, now) ?? []);
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
  const isTimed = editAges(service, facts.takenAt).length > 0;
  const why = isTimed
    ? 'MetalLB has not looked at it since'
    : 'MetalLB has not looked at it since, or works with other pools than these';
  const says =
    subject === undefined
      ? `${keyOfService(service)} asks for ${asked} and has ${has}: ${why}`
      : `it asks for ${asked}, and ${why}`;
  return [finding(service, { says, has, gets, isTimed, now: facts.takenAt })];
}

interface Told {
  readonly says: string;
  readonly has: string;
  readonly gets: string;
  /** True when it is known when the Service was edited. */
  readonly isTimed: boolean;
  readonly now: string;
}

function finding(service: Service, { says, has, gets, isTimed, now }: Told): Found {
  const about = refOf(service);
  const { name, namespace = 'default' } = service.metadata;
  const when: Remedy = {
    says: 'see when it was edited; if that was only just now, wait a moment',
    command: kubectl`-n ${namespace} get service ${name} -o yaml --show-managed-fields`,
    mutates: false,
  };
  return {
    cause: 'waiting-for-retry',
    severity: 'warning',
    about,
    affects: [about],
    says,
    details: [
      `looked at, it loses ${has} and gets ${gets}`,
      ...(isTimed ? [] : ['when it was edited is not known: its managed fields were not read']),
    ],
    because: [
      workedOut(
        about,
        'metallb controller: convergeBalancer',
        `by MetalLB's own rules ${keyOfService(service)} would get ${gets}`,
      ),
    ],
    doubts: [
      'the Service or the pools were changed only just now',
      'MetalLB works with other pools than those that were read',
    ],
    suggests: [
      ...(isTimed ? [] : [when]),
      {
        says: `touch the Service; any change makes MetalLB look at it again, and it loses ${has} then: an outage for all who use that address`,
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
