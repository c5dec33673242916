import type { ConfigurationProblem } from '../configuration.ts';
import { problemOf } from './problem.ts';
import type { SpeakerInput } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';

/** What only FRR-K8s can do (v0.16.2; read in its source). */
export function frrK8sOnlyProblems(
  { bgpAdvertisements, bgpType }: SpeakerInput,
  { knowsPreferences }: SpeakerRules,
): readonly ConfigurationProblem[] {
  return bgpType === 'frr-k8s' || !knowsPreferences
    ? []
    : bgpAdvertisements
        .filter(({ spec }) => (spec.asPathPrepend ?? 0) > 0)
        .map((each) =>
          problemOf(each, {
            rule: 'frr-k8s-only',
            entry: 'asPathPrepend',
            message: 'asPathPrepend is only supported by the frr-k8s backend',
          }),
        );
}
