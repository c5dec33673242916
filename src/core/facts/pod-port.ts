import { OutsideError } from './errors.ts';

/** The server said no to making the Pod, so there is none. */
export class PodNotMade extends OutsideError {}

/** A Pod that is run once, by name. */
export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/** How far a Pod has come. */
export interface PodProgress {
  readonly phase: string;
  /** Why it waits or failed, in the words of the cluster: `ImagePullBackOff`. */
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** Runs Pods: makes one, watches it, reads its log, takes it away. Whatever fails says what the server said. */
export interface PodHands {
  /** Rejects with PodNotMade where it is certain that there is no Pod; after other errors there may be one. */
  create(manifest: object, of: PodName, signal: AbortSignal): Promise<void>;
  /** Undefined when it is gone. */
  progress(of: PodName, signal: AbortSignal): Promise<PodProgress | undefined>;
  log(of: PodName, signal: AbortSignal): Promise<string>;
  /** `absent` where there is none: gone already, or not made yet. */
  remove(of: PodName, signal: AbortSignal): Promise<'removed' | 'absent'>;
}
