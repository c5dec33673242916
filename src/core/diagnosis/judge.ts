import type { MissingFact, Verdict } from '../facts/finding.ts';
import { namespacesRead, type Reading } from '../facts/reading.ts';
import type { Check, Subject } from './check.ts';
import type { FactKey } from './facts.ts';
import type { Material } from './material.ts';
import { livesWithMetalLB, missingFact } from './missing.ts';

/** A verdict, and what the engine has to know about how it was reached. */
export interface Judgement {
  readonly check: Check;
  readonly verdict: Verdict;
  /** True when a fact that could have confirmed the findings was not read. */
  readonly blind: boolean;
  /** Facts that only help and were denied: named for the reader, without weight for the verdict. */
  readonly deniedHelp: readonly MissingFact[];
}

/** Asks one check, after making sure that everything it needs is really known. */
export function judge(check: Check, material: Material, subject: Subject): Judgement {
  const blind = check.helps.some((key) => isUnheard(key, material.readings[key]));
  return {
    check,
    blind,
    deniedHelp: check.helps
      .filter((key) => material.readings[key].state === 'forbidden')
      .map((key) => missingFact(key, material.readings[key], material.background.installation)),
    verdict: { check: check.id, asks: check.asks, ...answer() },
  };

  function answer() {
    try {
      return askCheck(check, material, subject);
    } catch (error) {
      return { verdict: 'unknown', missing: [brokenCheck(check, error)] } as const;
    }
  }
}

const witnesses: readonly FactKey[] = ['events', 'controllerLogs', 'speakerLogs'];

/** Only words can confirm; a kind that the server does not serve has none. */
function isUnheard(key: FactKey, reading: Reading<unknown>): boolean {
  return witnesses.includes(key) && reading.state !== 'read';
}

function askCheck(check: Check, material: Material, subject: Subject) {
  const absent = check.needs.find((key) => isAbsent(key, material.readings[key]));
  if (absent !== undefined) {
    return { verdict: 'skipped', why: absenceText(absent, material.readings[absent]) } as const;
  }
  const missing = unknownAmong(check, check.needs, { material, subject });
  if (missing.length > 0) {
    return { verdict: 'unknown', missing } as const;
  }
  const why = check.skipWhen(material, subject);
  if (why !== undefined) {
    return { verdict: 'skipped', why } as const;
  }
  const missingToo = unknownAmong(check, check.alsoNeeds(material, subject), { material, subject });
  if (missingToo.length > 0) {
    return { verdict: 'unknown', missing: missingToo } as const;
  }
  const findings = check.run(material, subject);
  if (findings.length > 0) {
    return { verdict: 'fail', findings } as const;
  }
  const { events } = material.readings;
  return check.byWordsAlone && events.state === 'read' && events.chosen === true
    ? ({ verdict: 'skipped', why: onlySomeEvents } as const)
    : ({ verdict: 'pass' } as const);
}

/** A look is an extra: one that could not be taken leaves the questions to it unasked, as if nobody had looked. */
function isAbsent(key: FactKey, { state }: Reading<unknown>): boolean {
  return state === 'absent' || (key === 'wire' && state !== 'read');
}

function absenceText(key: FactKey, reading: Reading<unknown>): string {
  const { fact, why } = missingFact(key, reading, undefined);
  if (key !== 'wire') {
    return `the API server does not serve ${fact}`;
  }
  return reading.state === 'absent' ? `${why} at the wire (--probe)` : why;
}

/** Reading every event of a cluster would cost more than an answer is worth. */
const onlySomeEvents =
  'only the events nearest to the question were read; files with all events would tell';

/** Of these kinds, what is not known as far as a question of this scope needs it. */
export function unknownAmong(
  scope: Pick<Check, 'enoughInNamespace' | 'everywhere'>,
  keys: readonly FactKey[],
  { material, subject }: { readonly material: Material; readonly subject: Subject },
): readonly MissingFact[] {
  const { installation } = material.background;
  const home = installation?.namespace;
  return keys
    .filter((key) => !isKnown(key, material.readings[key]))
    .map((key) => missingFact(key, material.readings[key], installation));

  function isKnown(key: FactKey, reading: Reading<unknown>): boolean {
    if (reading.state !== 'read') {
      return false;
    }
    const names = namespacesRead(reading);
    if (names === undefined) {
      return true;
    }
    if (scope.enoughInNamespace.includes(key) && subject !== undefined) {
      return names.includes(subject.metadata.namespace ?? '');
    }
    const isNear = livesWithMetalLB(key) && !scope.everywhere.includes(key);
    return isNear && home !== undefined && names.includes(home);
  }
}

function brokenCheck(check: Check, error: unknown): MissingFact {
  const message = error instanceof Error ? error.message : String(error);
  return {
    fact: `the answer of ${check.id}`,
    why: `the check broke: ${message}; this is a fault of triage, please report it`,
    permission: undefined,
    collect: undefined,
  };
}
