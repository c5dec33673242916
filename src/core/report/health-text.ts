import type { Diagnosis, PoolUse } from '../facts/finding.ts';
import type { ProgramState, Report } from '../facts/report.ts';
import type { Section } from './layout.ts';
import { tableLines } from './layout.ts';

/** `scope`: one Service, one pool or the whole cluster; what the runbook wants recorded first. */
export function scopeSection(diagnosis: Diagnosis): readonly Section[] {
  const says = scopeText(diagnosis);
  return says === undefined ? [] : [{ label: 'scope', lines: [{ text: says }] }];
}

/** Where something could not be read, nobody knows that no Service is affected. */
export function scopeText({ scope, outcome }: Diagnosis): string | undefined {
  return scope?.reach === 'none' && outcome === 'unknown' ? undefined : scope?.says;
}

/** `pools`: capacity, use and advertisements, a pool per line. */
export function poolsSection({ pools }: Diagnosis): readonly Section[] {
  const lines = tableLines({ rows: pools.map(rowOf) });
  return lines.length === 0 ? [] : [{ label: 'pools', lines }];
}

function rowOf(pool: PoolUse): readonly string[] {
  return [
    pool.name,
    pool.addresses.join(', '),
    `${pool.taken} of ${pool.usable} taken`,
    pool.autoAssign ? 'auto' : 'manual',
    advertised(pool),
  ];
}

function advertised({ advertisedBy }: PoolUse): string {
  if (advertisedBy === undefined) {
    return 'advertisements unknown';
  }
  return advertisedBy.length === 0 ? 'NOT ADVERTISED' : advertisedBy.join(', ');
}

/** `pods`: both programs with version, readiness and restarts. */
export function programsSection(report: Report): readonly Section[] {
  const lines = programLines(report).map((text) => ({ text }));
  return lines.length === 0 ? [] : [{ label: 'pods', lines }];
}

/** A line per installation; where there are several, each says which it is. */
export function programLines({
  programs,
  installation,
  otherInstallations = [],
}: Pick<Report, 'programs' | 'installation' | 'otherInstallations'>): readonly string[] {
  const own = programs.map(programText).join(' · ');
  if (otherInstallations.length === 0) {
    return programs.length === 0 ? [] : [own];
  }
  return [{ namespace: installation?.namespace ?? '', programs }, ...otherInstallations].map(
    (each) => `${each.programs.map(programText).join(' · ')} (in ${each.namespace})`,
  );
}

/** `speaker v0.15.3 3/3 ready, 2 restarts`. */
export function programText({ name, version, ready, desired, restarts }: ProgramState): string {
  const count =
    ready === undefined || desired === undefined ? 'unknown' : `${ready}/${desired} ready`;
  const times = restarts === undefined || restarts === 0 ? '' : `, restarted ${restarts}x`;
  return `${name} ${version ?? '(version unknown)'} ${count}${times}`;
}
