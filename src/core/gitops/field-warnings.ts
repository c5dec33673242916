import type { ManifestProblem } from '../facts/validation.ts';
import { earlyFields, unknownFields } from './known-fields.ts';
import type { Manifest } from './manifest-set.ts';

type Warning = Pick<ManifestProblem, 'rule' | 'message' | 'advice' | 'place'>;

/** Fields that the API server would drop without a word: misspelled ones, and those of later releases. */
export function fieldWarnings(manifest: Manifest, version: string): readonly Warning[] {
  const { kind } = manifest.object;
  return [
    ...unknownFields(manifest).map(({ path, near, place }) => ({
      rule: 'unknown-field',
      place,
      message: `${path} is no field of ${kind}; the API server drops it`,
      advice: near === undefined ? 'take it out' : `did you mean ${near}?`,
    })),
    ...earlyFields(manifest, version).map(({ path, since, place }) => ({
      rule: 'early-field',
      place,
      message: `${path} came with ${since}; ${version} knows nothing of it and its API server drops it`,
      advice: `take it out, or upgrade to ${since} or later first (triage upgrade)`,
    })),
  ];
}
