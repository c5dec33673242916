import type { Severity } from '../../../core/facts/finding.ts';
import type { Pod } from '../../../core/facts/kube-objects.ts';
import type { Program } from './programs.ts';
import { troubleOf } from './pod-trouble.ts';
import { podNames, serves } from './troubled-pods.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** Speakers stand in for one another, and the old pod of a controller serves until a new one is ready. */
export function severityOfPods(program: Program, now: string): Severity {
  return serves(program, now) ? 'warning' : 'error';
}

/** True for speakers of which some still do their work. */
export function othersAnnounce(program: Program, now: string): boolean {
  return program.name === 'speaker' && serves(program, now);
}

const shown = 4;

/** What it means that some pods are out; nothing to say when all of them are. */
export function leftLines(program: Program, now: string): readonly string[] {
  const out = program.pods.filter((pod) => troubleOf(pod, now) !== undefined);
  const left = program.pods.filter((pod) => troubleOf(pod, now) === undefined);
  if (program.name === 'controller' && out.length > 0 && left.length > 0) {
    return [
      `${podNames(left.map((pod) => ({ pod })))} serves meanwhile: a roll-out that is stuck keeps the old pod`,
    ];
  }
  return out.length === 0 || !othersAnnounce(program, now)
    ? []
    : [
        `${out.length} of ${program.pods.length} speakers ${out.length === 1 ? 'is' : 'are'} out${nodesText(out)}: addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached`,
      ];
}

function nodesText(pods: readonly Pod[]): string {
  const nodes = [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))].toSorted();
  return nodes.length === 0 ? '' : ` (${someOf(nodes, shown)})`;
}
