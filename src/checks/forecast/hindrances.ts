import { conclude } from '../../core/diagnosis/conclude.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import type { CauseId, MissingFact, Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Hindrance } from '../../core/facts/what-if.ts';
import { causes } from '../causes.ts';
import { checks } from '../index.ts';
import { controllerExists } from '../installation/controller-exists.ts';

/** What keeps MetalLB from acting now, and what of that could not be looked at. */
export interface Standing {
  /** What to mend first on top. */
  readonly hindrances: readonly Hindrance[];
  /** Facts without which nobody knows whether MetalLB runs at all. */
  readonly unseen: readonly MissingFact[];
}

/** These strike late, and keep what was decided from being seen, or from being foreseen, all the same. */
const lateHindrances: readonly string[] = [
  'status-write-fails',
  'rival-controller',
  'config-stale',
];

/** The command of their remedy is its last step only, and does harm before the rights are there. */
const mendedInSteps: readonly string[] = ['controller-without-permission', 'status-write-fails'];

/** What is wrong with MetalLB itself, or in its way, whatever the Service asks for. */
export function standingOf(material: Material, subject: Service | undefined): Standing {
  const hindering = new Set([
    ...causes
      .filter(({ stage }) => stage === 'installation' || stage === 'configuration')
      .map(({ id }) => id),
    ...lateHindrances,
  ]);
  const judged = checks
    .filter(
      (check) =>
        check.symptoms.includes('pending') && check.causes.some((cause) => hindering.has(cause)),
    )
    .map((check) => judge(check, material, subject));
  const unseen = judged.find(({ check }) => check.id === controllerExists.id)?.verdict;
  return {
    hindrances: conclude(judged, causes)
      .rootCauses.filter(({ severity, cause }) => severity === 'error' && hindering.has(cause))
      .map(({ cause, check, says, remedies }) => ({
        cause,
        check,
        says,
        commands: commandsFor(cause, remedies),
      })),
    unseen: unseen?.verdict === 'unknown' ? unseen.missing : [],
  };
}

/** Later remedies hold under a condition that a bare command does not tell. */
function commandsFor(cause: CauseId, [first]: readonly Remedy[]): readonly string[] {
  return first?.command === undefined || !first.mutates || mendedInSteps.includes(cause)
    ? []
    : [first.command];
}
