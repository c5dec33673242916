import { servingIn } from '../../../core/metallb/election/serving.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';

/** Why no node is left that announces. */
export function whyNobody({ service, speakers }: Announcing): string {
  return servingIn(speakers.slicesOf(service)).anywhere
    ? 'no speaker is at work on a node that may'
    : 'no endpoint can take traffic';
}
