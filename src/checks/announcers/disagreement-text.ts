import type { Disagreement } from '../models/announcing/disagreements.ts';

/** A difference between what is said and what is computed, in a sentence. */
export function disagreementText(disagreement: Disagreement): string {
  switch (disagreement.kind) {
    case 'several-announcers':
      return `${disagreement.nodes.join(' and ')} each say that they announce it`;
    case 'other-announcer':
      return `${disagreement.node} says that it announces it, and ${disagreement.predicted} should`;
    case 'unforeseen-announcer':
      return `${disagreement.node} says that it announces it, and nobody should`;
    case 'withdrawn':
      return `${disagreement.predicted} should announce it, and says that it ceased to${disagreement.reason === undefined ? '' : ` (${disagreement.reason})`}`;
    case 'unforeseen-advertisers':
      return `${disagreement.nodes.join(', ')} ${disagreement.nodes.length === 1 ? 'says that it advertises' : 'say that they advertise'} it by BGP, and should not`;
  }
}
