import type { ManifestProblem } from '../facts/validation.ts';
import { earlyFields, unknownFields } from './known-fields.ts';
import type { Surroundings } from './manifest-problems.ts';
import { releaseBeforeNewest } from '../metallb/releases.ts';
import { refOf, type Manifest } from './manifest-set.ts';

type Told = Pick<
  ManifestProblem,
  'severity' | 'refusedBy' | 'rule' | 'message' | 'advice' | 'place'
>;

const refusal =
  'kubectl apply refuses it (strict field validation); a client without that loses the field silently';

/** Fields that the API server does not know: misspelled ones, and those of later releases. */
export function fieldProblems(
  manifest: Manifest,
  around: Pick<Surroundings, 'version' | 'isVersionAssumed'>,
): readonly ManifestProblem[] {
  return [...strangers(manifest), ...early(manifest, around)].map((told) => ({
    ...told,
    object: refOf(manifest.object),
    other: undefined,
    waitsFor: undefined,
  }));
}

function strangers(manifest: Manifest): readonly Told[] {
  const { kind } = manifest.object;
  return unknownFields(manifest).map(({ path, lackingVersion, advice, place }) => ({
    severity: 'error',
    refusedBy: ['API server'],
    rule: 'unknown-field',
    place,
    message: `${path} is no field of ${kind}${lackingVersion === undefined ? '' : ` in ${lackingVersion}`}: ${refusal}`,
    advice,
  }));
}

function early(
  manifest: Manifest,
  { version, isVersionAssumed }: Pick<Surroundings, 'version' | 'isVersionAssumed'>,
): readonly Told[] {
  // the newest release counts when nobody says which one runs, and what only that one has is told all the same
  const release = isVersionAssumed ? releaseBeforeNewest : version;
  const ignorant = isVersionAssumed ? 'releases before it know' : `${version} knows`;
  return earlyFields(manifest, release).map(({ path, since, place }) => ({
    ...(isVersionAssumed
      ? { severity: 'warning' as const, refusedBy: [] }
      : { severity: 'error' as const, refusedBy: ['API server'] as const }),
    rule: 'early-field',
    place,
    message: `${path} came with ${since}; ${ignorant} nothing of it: ${refusal}`,
    advice: `take it out, or upgrade to ${since} or later first (triage upgrade)`,
  }));
}
