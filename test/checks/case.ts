import { checks } from '../../src/checks/index.ts';
import type { Check } from '../../src/core/diagnosis/check.ts';
import { judge } from '../../src/core/diagnosis/judge.ts';
import { materialFrom } from '../../src/core/diagnosis/material.ts';
import type { CheckId, Finding, Verdict } from '../../src/core/facts/finding.ts';
import type { Service } from '../../src/core/facts/kube-objects.ts';
import { itemsIfRead } from '../../src/core/facts/reading.ts';
import type { Snapshot } from '../../src/core/facts/snapshot.ts';
import type { SnapshotBuilder } from '../builders/a-snapshot.ts';

/** One check, a cluster in which it fails, and the healthy twin. */
export interface CheckCase {
  readonly check: CheckId;
  readonly title: string;
  readonly sick: SnapshotBuilder;
  readonly healthy: SnapshotBuilder;
  /** `namespace/name`; undefined asks about the whole cluster. */
  readonly subject: string | undefined;
}

/** The check of this id. */
export function checkOf(id: CheckId): Check {
  const check = checks.find((each) => each.id === id);
  if (check === undefined) {
    throw new Error(`no check ${id}`);
  }
  return check;
}

/** The Service of this key in a snapshot. */
export function serviceIn(snapshot: Snapshot, key: string | undefined): Service | undefined {
  return itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) => `${metadata.namespace}/${metadata.name}` === key,
  );
}

/** What the check says of this cluster. */
export function verdictOf(
  id: CheckId,
  builder: SnapshotBuilder,
  service: Service | undefined,
): Verdict {
  return judge(checkOf(id), materialFrom(builder.build()), service).verdict;
}

/** A finding without what only the tool reads: evidence as its kinds, remedies as their commands. */
export function told(verdict: Verdict) {
  return verdict.verdict === 'fail' ? verdict.findings.map(toldFinding) : verdict;
}

/** The form findings are compared in. */
export interface Told {
  readonly cause: string;
  readonly severity: string;
  readonly about: string;
  readonly affects: readonly string[];
  readonly says: string;
  readonly details: readonly string[];
  readonly because: readonly string[];
  readonly against: readonly string[];
  readonly commands: readonly string[];
}

function toldFinding(finding: Finding): Told {
  return {
    cause: finding.cause,
    severity: finding.severity,
    about: `${finding.about.kind} ${finding.about.namespace ?? '-'}/${finding.about.name}`,
    affects: finding.affects.map(({ namespace, name }) => `${namespace}/${name}`),
    says: finding.says,
    details: finding.details,
    because: finding.because.map(({ source, says }) => `${source.kind}: ${says}`),
    against: (finding.against ?? []).map(({ says }) => says),
    commands: finding.suggests.map(({ command, mutates }) => `${mutates ? '! ' : ''}${command}`),
  };
}
