import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { Workload } from '../../../core/facts/kube-objects.ts';
import type { ReleaseSpan } from '../../../core/metallb/releases.ts';
import { logLines } from '../testimony/log-lines.ts';
import { refOf } from '../references.ts';
import { seenField, seenLine } from '../seen.ts';

/** Releases in which speakers without memberlist count no node as alive (#2425). */
export const silentWithoutMemberlist: ReleaseSpan = { since: 'v0.14.0', fixedIn: 'v0.15.0' };

/** How it is known that the speakers run without memberlist; undefined when they run with it, or when that is not known. */
export function memberlistIsOff(
  speaker: Workload | undefined,
  { speakerLogs, takenAt }: Facts<never, 'speakerLogs'>,
): Evidence | undefined {
  const line = logLines(speakerLogs, takenAt).find(({ text }) =>
    text.includes('not starting fast dead node detection'),
  );
  if (line !== undefined) {
    return seenLine(line);
  }
  const containers = speaker?.spec.template.containers ?? [];
  const names = containers.flatMap(({ env }) => Object.keys(env));
  const isTold =
    names.includes('METALLB_ML_LABELS') ||
    containers.some(({ args }) => args.some((each) => each.includes('ml-labels')));
  return speaker === undefined || isTold || !names.some((name) => name.startsWith('METALLB_'))
    ? undefined
    : seenField(refOf(speaker), 'spec.template env METALLB_ML_LABELS', 'not set');
}
