import type { Match, Sender } from './matching.ts';

/** What a rule does with whom it is about. */
export type Action = 'allow' | 'deny' | 'pass';

/** A rule of any product, for one port of one pod. */
export interface PolicyRule {
  readonly action: Action;
  readonly about: (sender: Sender) => Match;
}

/** Everything that may become of a packet. */
export type Outcomes = ReadonlySet<Action>;

/** Rules in the order in which they are asked, and what becomes of a packet that none of them is about. */
export interface Course {
  readonly rules: readonly PolicyRule[];
  readonly otherwise: readonly Action[];
}

/** What may become of the packets of a sender; more than one where that cannot be told. */
export function outcomesFor(sender: Sender, { rules, otherwise }: Course): Outcomes {
  const found = new Set<Action>();
  for (const { action, about } of rules) {
    const match = about(sender);
    if (match !== 'no') {
      found.add(action);
    }
    if (match === 'yes') {
      return found;
    }
  }
  return new Set([...found, ...otherwise]);
}
