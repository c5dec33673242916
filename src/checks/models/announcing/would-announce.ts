import type { Layer2Election } from '../../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';

/**
 * Whether a candidate would announce the Service if those before it went. One whose speaker refuses its configuration is
 * elected all the same, and then nobody announces.
 */
export function wouldAnnounce(
  candidate: string,
  { layer2, speakers }: { readonly layer2: Layer2Election; readonly speakers: Speakers },
): boolean {
  const node = speakers.byName.get(candidate);
  const obstacle = node === undefined ? undefined : layer2.obstacleOn(node);
  return node !== undefined && (obstacle === undefined || obstacle.kind === 'lost');
}
