import { keyOf } from '../../../src/core/facts/object-ref.ts';
import type { Admission } from '../../../src/core/metallb/admission.ts';
import { admissionOf } from '../../../src/core/metallb/admission.ts';
import type { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import type { StepOutcome, VectorCase, VectorStep } from './vector-cases.ts';
import { worldObject } from './vector-objects.ts';
import { isAmong } from './vector-replay.ts';

/** The webhook's word on every pool a step applies. */
export type Admissions = ReadonlyMap<string, Admission>;

type Refusal = Extract<Admission, { readonly allowed: false }>;

/** What the webhook would say to the pools of this step, one after the other. */
export function admissionsOf(
  before: ControllerCourse,
  step: VectorStep,
  { version, controller }: VectorCase,
): Admissions {
  const admissions = new Map<string, Admission>();
  if (step.op !== 'apply') {
    return admissions;
  }
  const world = before.world.copy();
  for (const ref of step.delete ?? []) {
    world.remove(ref);
  }
  const { namespace, bgpType } = controller;
  for (const object of (step.objects ?? []).map(worldObject)) {
    if (object.kind === 'IPAddressPool') {
      const isCreate = world.stored(object) === undefined;
      const settings = { namespace, bgpType, version };
      const request = { pool: object, stored: world.pools, isCreate, settings };
      admissions.set(keyOf(object.metadata), admissionOf(request));
    }
    world.put(object);
  }
  return admissions;
}

/** The first pool that one lets pass and the other does not. */
export function differenceInAdmission(
  { admission = {} }: StepOutcome,
  ours: Admissions,
): string | undefined {
  const keys = new Set([...Object.keys(admission), ...ours.keys()]);
  const differing = [...keys].find((key) => ours.get(key)?.allowed !== admission[key]?.allowed);
  return differing === undefined
    ? undefined
    : `admission of ${differing}: ${wordOn(ours.get(differing))}, recorded ${JSON.stringify(admission[differing])}`;
}

function wordOn(admission: Admission | undefined): string {
  return admission?.allowed === false
    ? `refused, ${admission.messages.join(' | ')}`
    : `allowed ${admission?.allowed}`;
}

/** The first text of a refusal that ours does not know. */
export function differenceInRefusals(
  { admission = {} }: StepOutcome,
  ours: Admissions,
): string | undefined {
  for (const [key, { messages = [] }] of Object.entries(admission)) {
    const mine = ours.get(key);
    const known: Pick<Refusal, 'messages' | 'problems'> =
      mine?.allowed === false ? mine : { messages: [], problems: [] };
    const unknown = messages.find(
      (message) => !known.messages.includes(message) && !isAmong(message, known.problems),
    );
    if (unknown !== undefined) {
      return `admission of ${key} says ${unknown}, not ${known.messages.join(' | ')}`;
    }
  }
  return undefined;
}
