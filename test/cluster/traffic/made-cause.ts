import type { CauseId } from '../../../src/core/facts/finding.ts';
import type { PathQuestion } from '../../../src/core/facts/path.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { Scene, Way } from './scene.ts';

/** Something that is done to the cluster or to its machines. */
export type Deed = (scene: Scene) => Promise<unknown>;

/** One way to break traffic for real, and what must be found. */
export interface MadeCause {
  /** The trouble as a fact, for the test's name. */
  readonly name: string;
  /** The Service asked about; `shop/web` when undefined. */
  readonly subject?: string;
  /** The cause that must come first; none where others have stepped in and traffic flows. */
  readonly cause: CauseId | undefined;
  /** The link of the path where it breaks. */
  readonly link: PathQuestion | undefined;
  /** Names and figures that the answer must hold. */
  readonly says: readonly string[];
  /** Whether the wire is looked at too, from the client's machine. */
  readonly probes?: true;
  /** 1 by default: traffic has ended. 0 where the finding is a mere suspicion or warning; either where chance decides. */
  readonly code?: 0 | 1 | 'either';
  /** What to do, in this order. */
  readonly made: readonly Deed[];
  /** How it is known to be there: what the cluster or the client sees. */
  readonly shown: readonly Deed[];
  /** What to do to be rid of it, before the ground is laid again. */
  readonly undone?: readonly Deed[];
  /** The way that must be open again afterwards; layer 2 by default. */
  readonly way?: Way;
  /** Whether it is tried on every release; else on the newest only, and on those named. */
  readonly everywhere?: true;
  /** Releases it is tried on, whatever else is said. */
  readonly versions?: readonly MetalLBVersion[];
}

/** Whether this is tried on the release. */
export function isTriedOn(version: MetalLBVersion, { everywhere, versions }: MadeCause): boolean {
  return versions?.includes(version) ?? (everywhere === true || version === 'v0.16.1');
}

/** Runs deeds one after the other. */
export async function perform(scene: Scene, deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) {
    await deed(scene);
  }
}
