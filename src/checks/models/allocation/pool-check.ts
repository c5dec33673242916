import { type Check, defineCheck, type Found } from '../../../core/diagnosis/check.ts';
import type { CauseId, CheckId } from '../../../core/facts/finding.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../configuration/configuration.ts';
import { type AllocationFacts, type AllocationModel, allocationOf } from './allocation.ts';

/** One question to the pools of the cluster and those who hold their addresses. */
export interface PoolQuestion {
  readonly id: CheckId;
  readonly asks: string;
  readonly cause: CauseId;
  readonly run: (facts: AllocationFacts, model: AllocationModel) => readonly Found[];
}

/** A check that asks what MetalLB's pools come to; it does not arise where none can be judged. */
export function poolCheck({ id, asks, cause, run }: PoolQuestion): Check {
  return defineCheck({
    id,
    asks,
    symptoms: ['health'],
    causes: [cause],
    needs: ['services', 'ipAddressPools'],
    helps: ['namespaces', 'communities'],
    alsoNeeds: namespacesIfSelected,
    skipWhen: noPoolsToJudge,
    run: (facts) => {
      const model = allocationOf(facts);
      return model === undefined ? [] : run(facts, model);
    },
  });
}
