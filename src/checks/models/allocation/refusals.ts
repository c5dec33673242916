import {
  type Check,
  defineCheck,
  type Found,
  type Subject,
} from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { CauseId, CheckId, Remedy } from '../../../core/facts/finding.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import type { RefusalReason } from '../../../core/metallb/answer.ts';
import { type AllocationModel, allocationOf } from './allocation.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../configuration/configuration.ts';
import { refOf } from '../references.ts';
import { workedOut } from '../seen.ts';
import { addressesIn, wantsAddress } from '../services.ts';
import { testimonyOn } from '../testimony/spoken.ts';
import { withSomePools } from './some-pools.ts';
import { isRefused, type RefusedSuspect, type Suspect, suspectsIn } from './suspects.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** What every allocation check needs, and what may help it. */
export const allocationNeeds = ['services', 'ipAddressPools'] as const;
export const allocationHelps = [
  'namespaces',
  'communities',
  'events',
  'endpointSlices',
  'l2Advertisements',
  'bgpAdvertisements',
] as const;

export type RefusalFacts = Facts<
  (typeof allocationNeeds)[number],
  (typeof allocationHelps)[number]
>;

/** How one kind of refusal is told. */
export interface RefusalTelling {
  /** Continues "shop/checkout is pending: …". */
  readonly says: string;
  /** Continues "7 Services are pending: …". */
  readonly many: string;
  readonly details: readonly string[];
  readonly suggests: readonly Remedy[];
  /** What is at fault, if not the Service itself. */
  readonly about?: ObjectRef;
  readonly doubts?: readonly string[];
}

/** A suspect together with the reason it was refused for. */
export interface RefusalCase<K extends RefusalReason['kind']> {
  readonly suspect: RefusedSuspect;
  readonly reason: Extract<RefusalReason, { readonly kind: K }>;
}

/** One kind of refusal: which cause it is, what belongs together, how it is told. */
export interface RefusalSpec<K extends RefusalReason['kind']> {
  readonly cause: CauseId;
  readonly reasons: readonly K[];
  /** Cases with equal text become one finding when the whole cluster is asked about. */
  readonly groupOf: (found: RefusalCase<K>) => string;
  readonly tell: (
    found: RefusalCase<K>,
    model: AllocationModel,
    facts: RefusalFacts,
  ) => RefusalTelling;
}

/** What both kinds of refusal checks have in common. */
function headOf(id: CheckId, asks: string, cause: CauseId) {
  return { id, asks, symptoms: ['pending', 'health'], causes: [cause] } as const;
}

/** A check for one kind of refusal. */
export function refusalCheck<const K extends RefusalReason['kind']>({
  id,
  asks,
  ...spec
}: RefusalSpec<K> & { readonly id: CheckId; readonly asks: string }): Check {
  return defineCheck({
    ...headOf(id, asks, spec.cause),
    needs: allocationNeeds,
    helps: allocationHelps,
    alsoNeeds: namespacesIfSelected,
    skipWhen: noAllocationQuestion,
    run: (facts, subject) => refusalFindings(spec, facts, subject),
  });
}

/**
 * A check for a refusal that MetalLB gives before it looks at any pool or other Service. Pools that could not be
 * read do not hinder it.
 */
export function earlyRefusalCheck<const K extends RefusalReason['kind']>({
  id,
  asks,
  ...spec
}: RefusalSpec<K> & { readonly id: CheckId; readonly asks: string }): Check {
  return defineCheck({
    ...headOf(id, asks, spec.cause),
    needs: ['services'],
    enoughInNamespace: ['services'],
    helps: ['ipAddressPools', ...allocationHelps],
    alsoNeeds: (facts) => namespacesIfSelected(withSomePools(facts)),
    skipWhen: (facts, subject) => noAllocationQuestion(withSomePools(facts), subject),
    run: (facts, subject) => refusalFindings(spec, withSomePools(facts), subject),
  });
}

const servicesListed = 8;
const witnessesAsked = 3;

/** Every suspect that is refused for this cause, as one finding per group. */
function refusalFindings<K extends RefusalReason['kind']>(
  spec: RefusalSpec<K>,
  facts: RefusalFacts,
  subject: Subject,
): readonly Found[] {
  const model = allocationOf(facts);
  if (model === undefined) {
    return [];
  }
  const cases = suspectsIn(facts, subject)
    .filter(isRefused)
    .filter((suspect) => suspect.cause === spec.cause)
    .flatMap((suspect) => {
      const { reason } = suspect.answer;
      return isOneOf(reason, spec.reasons) ? [{ suspect, reason }] : [];
    });
  return [...Map.groupBy(cases, spec.groupOf).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          groupFinding(
            { cause: spec.cause, told: spec.tell(first, model, facts), facts, subject },
            group.map(({ suspect }) => suspect),
          ),
        ];
  });
}

function isOneOf<K extends RefusalReason['kind']>(
  reason: RefusalReason,
  kinds: readonly K[],
): reason is Extract<RefusalReason, { readonly kind: K }> {
  return kinds.some((kind) => kind === reason.kind);
}

interface Telling {
  readonly cause: CauseId;
  readonly told: RefusalTelling;
  readonly facts: RefusalFacts;
  readonly subject: Subject;
}

function groupFinding(
  { cause, told, facts, subject }: Telling,
  group: readonly RefusedSuspect[],
): Found {
  const testimonies = group
    .slice(0, witnessesAsked)
    .map(({ service, answer }) => testimonyOn(service, answer.message, facts));
  const affects = group.map(({ service }) => refOf(service));
  return {
    cause,
    severity: 'error',
    about: told.about ?? affects[0] ?? { kind: 'Cluster', name: 'cluster' },
    affects,
    says: sentence(told, group, subject),
    details: [...told.details, ...(subject === undefined ? namesOf(group) : [])],
    because: [
      ...group.slice(0, witnessesAsked).map(derivedFrom),
      ...testimonies.flatMap((each) => each.confirms),
    ],
    against: testimonies.flatMap((each) => each.contradicts),
    doubts: told.doubts ?? [],
    suggests: told.suggests,
  };
}

function derivedFrom({ service, key, answer }: RefusedSuspect): Evidence {
  return workedOut(
    refOf(service),
    `metallb allocator: ${answer.stage}`,
    `by MetalLB's own rules ${key} gets no address: ${answer.message ?? '(it tells nobody)'}`,
  );
}

/** Asked about one Service, its name is in the headline already. */
function sentence(told: RefusalTelling, group: readonly Suspect[], subject: Subject): string {
  if (subject !== undefined) {
    return told.says;
  }
  return group.length === 1
    ? `${group[0]?.key ?? ''} is pending: ${told.says}`
    : `${group.length} Services are pending: ${told.many}`;
}

function namesOf(group: readonly Suspect[]): readonly string[] {
  if (group.length < 2) {
    return [];
  }
  const names = group.map(({ key }) => key).toSorted();
  return [`pending: ${someOf(names, servicesListed)}`];
}

/** Why questions about allocation do not arise; undefined when they do. */
export function noAllocationQuestion(facts: RefusalFacts, subject: Subject): string | undefined {
  return (
    noQuestionAtAll(facts, subject) ??
    (subject !== undefined && suspectsIn(facts, subject)[0]?.cause === 'class-not-handled'
      ? 'MetalLB does not serve the class of this Service'
      : undefined)
  );
}

/** As above, for the check that asks about the class itself. */
export function noQuestionAtAll(facts: RefusalFacts, subject: Subject): string | undefined {
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  if (subject !== undefined && !wantsAddress(subject)) {
    return 'the Service is not of type LoadBalancer';
  }
  if (subject !== undefined && addressesIn(subject).length > 0) {
    return 'the Service has its address';
  }
  return noPoolsToJudge(facts);
}

export { namespacesIfSelected };
