import type { CauseId, CheckId, RootCause, SuppressedCause } from '../facts/finding.ts';
import { keyOf, nameOf, type ObjectRef } from '../facts/object-ref.ts';

/** One finding on one object that somebody answers for until a day. */
export interface Suppression {
  /** A cause, or a check: then every cause that this check finds. */
  readonly of: { readonly cause: CauseId } | { readonly check: CheckId };
  readonly about: ObjectRef;
  readonly owner: string;
  readonly reason: string;
  /** The last day it holds (UTC), as `2026-12-31`. */
  readonly expires: string;
}

/** What is left to say, and what is not said. */
export interface Suppressed {
  readonly rootCauses: readonly RootCause[];
  readonly suppressed: readonly SuppressedCause[];
}

/** Takes out what is suppressed on the day of `takenAt`; what a lapsed suppression covered comes back with its history. */
export function suppress(
  rootCauses: readonly RootCause[],
  suppressions: readonly Suppression[],
  takenAt: string,
): Suppressed {
  const judged = rootCauses.map((root) => {
    const fitting = suppressions.filter((each) => covers(each, root));
    return { root, holding: fitting.find((each) => isInForce(each, takenAt)), lapsed: fitting };
  });
  return {
    rootCauses: judged.flatMap(({ root, holding, lapsed }) =>
      holding === undefined ? [withHistory(root, lapsed)] : [],
    ),
    suppressed: judged.flatMap(({ root, holding }) =>
      holding === undefined ? [] : [silenced(root, holding)],
    ),
  };
}

/** Those of the causes that were left out of the answer. */
export function silencedAmong(
  rootCauses: readonly RootCause[],
  suppressed: readonly SuppressedCause[],
): readonly RootCause[] {
  return rootCauses.filter((root) =>
    suppressed.some(
      ({ cause, about }) => cause === root.cause && nameOf(about) === nameOf(root.about),
    ),
  );
}

/** Suppressions that are over on the day of `takenAt`: they are told even when nothing is wrong any more. */
export function lapsedSuppressions(
  suppressions: readonly Suppression[],
  takenAt: string,
): readonly Suppression[] {
  return suppressions.filter((each) => !isInForce(each, takenAt));
}

/** Suppressions that hold on the day of `takenAt`. */
export function suppressionsInForce(
  suppressions: readonly Suppression[],
  takenAt: string,
): readonly Suppression[] {
  return suppressions.filter((each) => isInForce(each, takenAt));
}

/** `pool-nearly-full on IPAddressPool metallb-system/lan (owner network: grows in May)`. */
export function suppressionText({ of, about, owner, reason }: Suppression): string {
  const what = 'cause' in of ? of.cause : of.check;
  return `${what} on ${about.kind} ${keyOf(about)} (${owner}: ${reason})`;
}

function covers({ of, about }: Suppression, root: RootCause): boolean {
  const isOfIt = 'cause' in of ? of.cause === root.cause : of.check === root.check;
  return (
    isOfIt &&
    about.kind.toLowerCase() === root.about.kind.toLowerCase() &&
    keyOf(about) === keyOf(root.about)
  );
}

/** Days are compared as text: both are written year first. */
function isInForce({ expires }: Suppression, takenAt: string): boolean {
  return takenAt.slice(0, expires.length) <= expires;
}

function silenced(
  { cause, about, severity, says }: RootCause,
  { owner, reason, expires }: Suppression,
): SuppressedCause {
  return { cause, about, severity, says, owner, reason, expires };
}

function withHistory(root: RootCause, lapsed: readonly Suppression[]): RootCause {
  const lines = lapsed.map(
    ({ owner, reason, expires }) =>
      `NO LONGER SUPPRESSED since ${expires} is over: ${owner} had it silenced (${reason})`,
  );
  return lines.length === 0 ? root : { ...root, details: [...lines, ...root.details] };
}
