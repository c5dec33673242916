import type { CauseId } from './finding.ts';

/**
 * The way from a Service's address to its endpoints, as questions in the order in which a packet meets them.
 * The first that is answered with no is where it ends.
 */
export const pathQuestions = [
  /** Does the configuration advertise the address at all? */
  'advertised',
  /** Is there a node that may announce it? */
  'eligible',
  /** Which node is it, and does it announce? */
  'announced',
  /** Who answers on the wire? */
  'wire',
  /** Does what lies behind work: kube-proxy, endpoints, policies, the way back? */
  'data-path',
  /** Is it something that is not MetalLB at all? */
  'elsewhere',
] as const;

export type PathQuestion = (typeof pathQuestions)[number];

/** One question about one address, answered. */
export interface PathStep {
  readonly question: PathQuestion;
  /** `broken`: traffic ends here. `doubtful`: something is wrong that may or may not be why. */
  readonly answer: 'good' | 'broken' | 'doubtful' | 'unknown' | 'not-looked';
  /** One line with the names of this cluster. */
  readonly says: string;
  /** The causes found for it, the likeliest first; empty when the answer is good. */
  readonly causes: readonly CauseId[];
  /** What the likeliest of them is called, in a few words; absent without one. */
  readonly title?: string;
}

/** The way of one address. */
export interface AddressPath {
  readonly address: string;
  readonly pool: string | undefined;
  /** How it is announced, as the configuration has it. */
  readonly by: readonly ('layer2' | 'bgp')[];
  /** The node that MetalLB elects in layer 2; undefined when none, or when it cannot be said. */
  readonly announcer: string | undefined;
  readonly steps: readonly PathStep[];
}
