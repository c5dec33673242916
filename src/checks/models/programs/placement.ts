import type { PodTemplate } from '../../../core/facts/kube-objects.ts';

/** Which nodes a pod may run on by its own words; empty when it does not care. */
export function placementLines({ nodeSelector, tolerations }: PodTemplate): readonly string[] {
  const wanted = Object.entries(nodeSelector)
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .toSorted();
  const tolerated = tolerations
    .map(({ key, effect }) => [key ?? 'any taint', effect].filter(Boolean).join(':'))
    .toSorted();
  return [
    ...(wanted.length === 0 ? [] : [`its node selector asks for ${wanted.join(', ')}`]),
    ...(tolerated.length === 0 ? [] : [`it tolerates ${tolerated.join(', ')}`]),
  ];
}
