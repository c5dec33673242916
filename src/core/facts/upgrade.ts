import type { MissingFact, Remedy, Severity } from './finding.ts';
import type { ObjectRef } from './object-ref.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that `triage upgrade` prints. Additive only within a major. */
export const upgradeSchemaVersion = 'triage.upgrade/v1';

/** How much a change weighs: somebody loses something, something is different, something gets better. */
export const upgradeWeights = ['breaks', 'changes', 'nice'] as const;

export type UpgradeWeight = (typeof upgradeWeights)[number];

/** One thing that will be different in this cluster. */
export interface UpgradeChange {
  /** Stable word for it: `addresses-lost`. */
  readonly id: string;
  readonly weight: UpgradeWeight;
  /** The release whose arrival (or, on the way down, departure) makes the difference. */
  readonly release: string;
  /** The thread or change it is based on; undefined for what only the release itself shows. */
  readonly reference: string | undefined;
  /** `computed`: by MetalLB's rules of both releases over this cluster; `seen`: from objects that are here. */
  readonly basis: 'computed' | 'seen';
  /** What the release does differently. */
  readonly title: string;
  /** How it shows in this cluster. */
  readonly says: string;
  /** More lines, an object per line. */
  readonly details: readonly string[];
  readonly objects: readonly ObjectRef[];
  /** What to do before. */
  readonly before: readonly Remedy[];
}

/** A known fault that one of the two releases has and the other has not. */
export interface UpgradeBug {
  readonly bug: string;
  readonly title: string;
  readonly severity: Severity;
  readonly versions: string;
  /** How it shows in this cluster; undefined when that cannot be told beforehand. */
  readonly says: string | undefined;
  readonly workaround: string;
}

/** Everything `triage upgrade` has to say. */
export interface UpgradePreview {
  /** Undefined when nobody could say which release runs. */
  readonly from: string | undefined;
  readonly to: string;
  readonly direction: 'upgrade' | 'downgrade' | 'none' | 'unknown';
  /** `unknown`: nothing was found that breaks, but not everything could be looked at, or is known. */
  readonly outcome: 'safe' | 'breaks' | 'unknown';
  readonly headline: string;
  readonly changes: readonly UpgradeChange[];
  readonly bugsFixed: readonly UpgradeBug[];
  readonly bugsGained: readonly UpgradeBug[];
  readonly unknowns: readonly MissingFact[];
  /** Where knowledge ends: releases that were not run, or that nobody here has heard of. */
  readonly limits: readonly string[];
}

/** The preview as it is printed. */
export interface UpgradeReport extends Omit<ReportHead, 'kubernetes'> {
  readonly schemaVersion: typeof upgradeSchemaVersion;
  readonly command: 'upgrade';
  readonly upgrade: UpgradePreview;
}
