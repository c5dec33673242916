import type { Facts } from '../../core/diagnosis/facts.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import type { ClaimFacts } from '../models/announcing/claims.ts';
import { severalAnnouncers } from '../models/announcing/several-announcers.ts';
import type { AnnouncingFacts } from '../models/announcing/speakers-at-work.ts';
import { memberlistTroubles } from '../models/layer2/memberlist-troubles.ts';

/** What no election holds with: speakers that do not see one another, or several that announce one address. */
export interface SplitNow {
  /** What has to be so before the forecast holds. */
  readonly presumes: string;
  readonly note: string;
}

/** Every speaker elects among those that it sees: where they do not see one another, so does no forecast hold. */
export function splitNow(
  facts: AnnouncingFacts & Facts<'services'> & ClaimFacts,
): SplitNow | undefined {
  const troubles = memberlistTroubles(facts);
  const several = severalAnnouncers(facts);
  const apart = [...new Set(troubles.flatMap(({ node }) => node ?? []))].toSorted();
  if (troubles.length > 0 || several.some(({ disputes }) => disputes.length > 0)) {
    const who = apart.length === 0 ? '' : ` (told by ${someOf(apart)})`;
    return {
      presumes: 'the speakers see one another again',
      note: `speakers do not see one another now${who}, so each elects on its own: triage health`,
    };
  }
  return several.length === 0
    ? undefined
    : {
        presumes: 'one node announces each address again',
        note: `several nodes announce the addresses of ${plural(several.length, 'Service')} now, which no election comes to: triage health`,
      };
}
