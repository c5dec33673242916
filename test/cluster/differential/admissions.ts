import { keyOf } from '../../../src/core/facts/object-ref.ts';
import { admissionOf } from '../../../src/core/metallb/admission.ts';
import type { World } from '../../../src/core/metallb/world.ts';
import { worldObject } from '../../core/metallb/vector-objects.ts';
import { isAmong } from '../../core/metallb/vector-replay.ts';
import type { LiveStep } from './live-step.ts';
import { metallbNamespace } from './random-pools.ts';

/** Where the real webhook judged a pool otherwise than we do. */
export function differenceInAdmission(
  world: World | undefined,
  { step, outcome }: LiveStep,
  version: string,
): string | undefined {
  const settings = { namespace: metallbNamespace, bgpType: 'native', version };
  for (const pool of (step.objects ?? []).map(worldObject)) {
    const recorded = outcome.admission?.[keyOf(pool.metadata)];
    if (pool.kind !== 'IPAddressPool' || recorded === undefined || world === undefined) {
      continue;
    }
    const isCreate = world.stored(pool) === undefined;
    const ours = admissionOf({ pool, stored: world.pools, isCreate, settings });
    const messages = recorded.messages ?? [];
    const known = ours.allowed ? [] : ours.problems;
    if (ours.allowed !== recorded.allowed || !messages.every((text) => isAmong(text, known))) {
      return `admission: ${JSON.stringify(recorded)}, ours ${JSON.stringify(ours)}`;
    }
  }
  return undefined;
}
