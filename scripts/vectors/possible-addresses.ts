import type { Service } from '../../src/core/facts/kube-objects.ts';
import { keyOf } from '../../src/core/facts/object-ref.ts';
import type { AddressBook } from '../../src/core/metallb/address-book.ts';
import type { ControllerCourse } from '../../src/core/metallb/controller-course.ts';
import { explainAllocations } from '../../src/core/metallb/explain.ts';
import { modelOf } from '../../src/core/metallb/model.ts';
import type { ModelInput } from '../../src/core/metallb/model-input.ts';
import { asReplaced } from '../../src/core/metallb/replaced.ts';
import type { StepOutcome, VectorCase, VectorStep } from '../../test/core/metallb/vector-cases.ts';
import { answerDisagreement } from '../../test/core/metallb/vector-comparison.ts';
import { worldObject } from '../../test/core/metallb/vector-objects.ts';
import { replay } from '../../test/core/metallb/vector-search.ts';
import type { Disagreement } from './verdict.ts';

/** How many answers were asked for, and those that do not hold what was recorded. */
export interface SetCheck {
  readonly checked: number;
  readonly missing: readonly Disagreement[];
  /** Recorded courses that no draws of ours led to. */
  readonly notFollowed: number;
}

/**
 * Follows each recorded course of a case that has several, and asks before every write of a single Service what it
 * may get, as the commands ask: the recorded address must be among the options.
 */
export function missingFromSets(recorded: VectorCase): SetCheck {
  if (recorded.outcomes.length < 2) {
    return { checked: 0, missing: [], notFollowed: 0 };
  }
  const singles = recorded.outcomes.map((outcome) => ({ ...recorded, outcomes: [outcome] }));
  const courses = singles.map((single) => ({ single, ...replay(single, answerDisagreement) }));
  const followed = courses.filter((course) => course.matched);
  const asked = followed
    .flatMap(({ single, befores }) =>
      befores.map((before, step) => checkOf(single, { before, step })),
    )
    .filter((check) => check !== undefined);
  return {
    checked: asked.length,
    missing: asked.flatMap((check) => check.missing ?? []),
    notFollowed: courses.length - followed.length,
  };
}

interface Check {
  readonly missing: Disagreement | undefined;
}

/** Undefined where nothing can be asked: no single Service is written, or the API does not show what is remembered. */
function checkOf(
  recorded: VectorCase,
  { before, step }: { readonly before: ControllerCourse; readonly step: number },
): Check | undefined {
  const result = recorded.outcomes[0]?.steps[step];
  const service = writtenAlone(recorded.steps[step], before);
  const key = service && keyOf(service.metadata);
  const got = key === undefined ? [] : addressesIn(result, key);
  if (service === undefined || result === undefined || got.length === 0 || result.unsettled) {
    return undefined;
  }
  const input = inputFor(recorded, before, service);
  if (!remembersTheSame(modelOf(input).state.book, before.memory.book, key)) {
    return undefined;
  }
  const answer = explainAllocations(input).answerFor(service);
  if (answer.outcome !== 'would-get' && answer.outcome !== 'holds') {
    return answer.outcome === 'refused' && !answer.keepsStatus
      ? missing({ recorded, step, got, ours: answer })
      : undefined;
  }
  const options = answer.outcome === 'holds' ? [answer.allocation] : answer.options;
  const listed = options.some(({ addresses }) => sorted(addresses) === sorted(got));
  const ours = options.map(({ addresses, pool }) => ({ addresses, pool }));
  return listed ? { missing: undefined } : missing({ recorded, step, got, ours });
}

function missing({
  recorded: { steps },
  step,
  got,
  ours,
}: {
  readonly recorded: VectorCase;
  readonly step: number;
  readonly got: readonly string[];
  readonly ours: unknown;
}): Check {
  const why = `${got.join()} is not among the possible addresses`;
  const at = { step: step + 1, steps: steps.length, did: steps[step]?.op ?? '' };
  const text = JSON.stringify(ours, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return { missing: { ...at, why, recorded: [got.join()], ours: text } };
}

function writtenAlone(step: VectorStep | undefined, before: ControllerCourse): Service | undefined {
  const [raw, ...others] = step?.objects ?? [];
  if (step?.op !== 'apply' || raw?.kind !== 'Service' || others.length > 0 || step.delete) {
    return undefined;
  }
  const object = worldObject(raw);
  const stored = before.world.stored(object);
  const written = stored === undefined ? object : asReplaced(stored, object);
  return written.kind === 'Service' ? written : undefined;
}

function inputFor(
  { version, controller }: VectorCase,
  before: ControllerCourse,
  service: Service,
): ModelInput {
  const world = before.world.copy();
  world.put(service);
  const { pools, communities, namespaces, services } = world;
  const { lbClass: loadBalancerClass, bgpType, namespace } = controller;
  const objects = { pools, communities, namespaces, services };
  return { ...objects, version, loadBalancerClass, bgpType, namespace };
}

/** What others hold, as the API shows it and as the controller remembers it. */
function remembersTheSame(shown: AddressBook, kept: AddressBook, but: string | undefined): boolean {
  const text = (book: AddressBook): string =>
    [...book.bookings]
      .filter(([key]) => key !== but)
      .map(([key, { addresses }]) => `${key} ${addresses.join()}`)
      .sort((left, right) => (left < right ? -1 : 1))
      .join('\n');
  return text(shown) === text(kept);
}

function addressesIn(result: StepOutcome | undefined, key: string): readonly string[] {
  return result?.services?.[key]?.ips ?? [];
}

function sorted(addresses: readonly string[]): string {
  return [...addresses].sort((left, right) => (left < right ? -1 : 1)).join();
}
