import type { KubeEvent } from '../core/facts/kube-objects.ts';
import { quotaRefusals } from './models/testimony/quota-refusals.ts';

/** Why a Service that is not there could not be made, in the words of whoever tried; undefined when nobody says. */
export function whyNotMade(
  wanted: { readonly namespace: string | undefined; readonly name: string },
  events: readonly KubeEvent[],
): string | undefined {
  const refused = quotaRefusals(events).find(
    ({ name, namespace }) =>
      name === wanted.name &&
      (wanted.namespace === undefined || namespace === undefined || namespace === wanted.namespace),
  );
  const [used] = refused?.exhausted ?? [];
  return refused === undefined || used === undefined
    ? undefined
    : `quota ${refused.quota} does not let it be made: ${used.resource} stands at ${used.used} of ${used.limit}`;
}
