import type { Service } from '../../../core/facts/kube-objects.ts';
import type { Field } from '../../../core/metallb/election/candidates.ts';
import { heldBy } from '../../../core/metallb/election/held-addresses.ts';
import { isRefusedAsShared } from '../../../core/metallb/election/preferences.ts';
import { canServe, isLocal } from '../../../core/metallb/election/serving.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';
import { speakerOn } from './speaker-on.ts';
import { speakersAtWork, type AnnouncingFacts } from './speakers-at-work.ts';

/**
 * True when layer 2 announces the Service whoever is elected: every node that could be is at work. That takes no hash,
 * and settles nearly all Services of a cluster that is well; of the others nothing is said.
 */
export function surelyAnnouncedBy(facts: AnnouncingFacts): (service: Service) => boolean {
  const speakers = speakersAtWork(facts);
  const [first] = speakers?.loaded ?? [];
  if (speakers === undefined || first === undefined) {
    return () => false;
  }
  const isSure = surenessOf(speakers, facts);
  return (service) => {
    const held = heldBy(service, first);
    if (held.kind === 'nothing' || held.pool.l2.length === 0) {
      return false;
    }
    const field = speakers.fields.of(service, held.pool);
    return (
      isSure(field) &&
      !isRefusedAsShared(service, field, speakers) &&
      isServedOnOne(service, field, speakers)
    );
  };
}

/** Services of one pool mostly have the very same candidates. */
function surenessOf({ nodes }: Speakers, facts: AnnouncingFacts): (field: Field) => boolean {
  const known = new WeakMap<Field, boolean>();
  return (field) => {
    const isSure =
      known.get(field) ??
      (field.candidates.length > 0 &&
        field.candidates.every((place) => {
          const node = nodes[place];
          return node?.speaker !== undefined && speakerOn(node.name, facts).state === 'running';
        }));
    known.set(field, isSure);
    return isSure;
  };
}

function isServedOnOne(
  service: Service,
  { candidates }: Field,
  { nodes, slicesOf }: Speakers,
): boolean {
  const isAnywhere = !isLocal(service);
  return slicesOf(service).some(({ endpoints }) =>
    endpoints.some(
      (endpoint) =>
        canServe(endpoint) &&
        (isAnywhere || candidates.some((place) => nodes[place]?.name === endpoint.nodeName)),
    ),
  );
}
