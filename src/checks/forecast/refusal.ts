import { conclude } from '../../core/diagnosis/conclude.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { materialFrom } from '../../core/diagnosis/material.ts';
import type { Forecast } from '../../core/facts/what-if.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { causes } from '../causes.ts';
import { checks } from '../index.ts';
import { hypothetical } from './hypothetical.ts';

/** Why the changed Service is refused, in the words of the check that would find it; undefined when it is not. */
export function refusalIn(told: WhatIf, snapshot: Snapshot): Forecast['refusal'] {
  const { answer } = told;
  const failed = told.events.findLast(({ type }) => type === 'Warning');
  if (answer.outcome !== 'refused' || told.holds === 'nothing') {
    return undefined;
  }
  const [found] = foundIn(told, snapshot);
  return {
    cause: found?.cause,
    says: found?.says ?? answer.message ?? 'MetalLB refuses it without a word',
    message: answer.message ?? failed?.message,
  };
}

function foundIn({ service, writes }: WhatIf, snapshot: Snapshot) {
  const pending = { ...service, status: { ...service.status, ingress: [] } };
  const material = materialFrom(hypothetical(snapshot, pending, { writes }));
  const late = new Set(
    causes
      .filter(({ stage }) => stage === 'allocation' || stage === 'selection')
      .map(({ id }) => id)
      .concat('no-pool'),
  );
  const asked = checks.filter(
    (check) => check.symptoms.includes('pending') && check.causes.some((cause) => late.has(cause)),
  );
  const judged = asked.map((check) => judge(check, material, pending));
  return conclude(judged, causes).rootCauses.filter(({ severity }) => severity === 'error');
}
