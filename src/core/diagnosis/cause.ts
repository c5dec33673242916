import type { CauseId } from '../facts/finding.ts';

/** How early in MetalLB's own course of decisions a cause strikes: what must be mended first comes first. */
export const stages = [
  'selection',
  'installation',
  'configuration',
  'allocation',
  'health',
  'announcement',
  'traffic',
] as const;

export type Stage = (typeof stages)[number];

/** One cause in words: the offline text of `triage explain` and of its page. */
export interface Cause {
  readonly id: CauseId;
  readonly title: string;
  readonly stage: Stage;
  /** The rule of MetalLB or Kubernetes behind it, in one sentence. */
  readonly law: string;
  /** What the person sees. */
  readonly looksLike: string;
  readonly why: string;
  readonly howToBeSure: string;
  readonly whatToDo: string;
  /** What is easily taken for it. */
  readonly whatItIsNot: string;
  /** Causes that are mere consequences while this one is present. */
  readonly explains: readonly CauseId[];
}
