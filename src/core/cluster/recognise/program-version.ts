import { itemsIfRead } from '../../facts/reading.ts';
import type { LogExcerpt } from '../../facts/snapshot.ts';
import { parseImage, versionIn } from './image.ts';
import type { Program } from './program.ts';

const startUpLine = /MetalLB (controller|speaker) starting version (\S+)/;

/** What one program's version can be read from. */
export interface VersionMarks {
  readonly namespace: string;
  readonly program: Program;
  /** The version that a label of the workload names. */
  readonly versionLabel: string | undefined;
  readonly logs: readonly LogExcerpt[];
}

/** The version of a program: its image's tag, else what it wrote at its start, else its label. */
export function versionOf(marks: VersionMarks): string | undefined {
  return (
    versionIn(parseImage(marks.program.container.image).tag) ??
    versionInLogs({ ...marks, role: marks.program.role }) ??
    marks.versionLabel
  );
}

/** What a program of this role wrote at its start; all there is where no object shows the program. */
export function versionInLogs({
  logs,
  namespace,
  role,
}: Pick<VersionMarks, 'logs' | 'namespace'> & Pick<Program, 'role'>): string | undefined {
  const excerpts = logs
    .filter((excerpt) => excerpt.namespace === namespace)
    .toSorted((left, right) => Number(left.previous) - Number(right.previous));
  for (const excerpt of excerpts) {
    for (const line of itemsIfRead(excerpt.lines).toReversed()) {
      const match = startUpLine.exec(line);
      const version = match?.[1] === role ? versionIn(match[2]) : undefined;
      if (version !== undefined) {
        return version;
      }
    }
  }
  return undefined;
}
