import type { CauseId } from '../../../src/core/facts/finding.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { Manifest } from './manifest.ts';

/** One Service in trouble, what the real MetalLB says of it, and what triage must find. */
export interface Situation {
  /** The trouble as a fact, for the test's name. */
  readonly name: string;
  /** `namespace/name` of the Service in question. */
  readonly subject: string;
  readonly cause: CauseId;
  /** The whole message of MetalLB's event, or one per release; undefined where MetalLB says nothing. */
  readonly event: string | Readonly<Record<MetalLBVersion, string>> | undefined;
  /** What kubectl is told before MetalLB says so. */
  readonly beforehand?: readonly (readonly string[])[];
  /** What kubectl is told after MetalLB said so, before triage is asked. */
  readonly afterwards?: readonly (readonly string[])[];
  /** Names and figures that the answer must hold. */
  readonly says: readonly string[];
  /** What kubectl is told to remove the cause; undefined when there is no cheap way. */
  readonly mend?: readonly (readonly string[])[];
}

/** Situations that live side by side on one configuration of MetalLB. */
export interface Stage {
  readonly name: string;
  readonly objects: readonly Manifest[];
  /** Services that must have their address before the troubled ones are made. */
  readonly holders: readonly Manifest[];
  /** The Services of the situations. */
  readonly troubled: readonly Manifest[];
  /** Fields of specifications, by `namespace/name`, that no API server would take today: written past it. */
  readonly pastTheServer?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly situations: readonly Situation[];
  /** Services beside them that have what they want, and what is said of them. */
  readonly content?: readonly { readonly subject: string; readonly says: readonly string[] }[];
  /** Releases that it troubles; all when undefined. */
  readonly versions?: readonly MetalLBVersion[];
}

/** The words of a kubectl command: a text cut at its blanks, then words that may hold blanks. */
export function kubectl(text: string, ...words: readonly string[]): readonly string[] {
  return [...text.split(' '), ...words];
}

/** MetalLB's words for a Service that it cannot serve. */
export function failedFor(subject: string, why: string): string {
  return `Failed to allocate IP for ${JSON.stringify(subject)}: ${why}`;
}
