import type {
  BFDProfile,
  BGPAdvertisement,
  BGPPeer,
  Community,
  IPAddressPool,
  L2Advertisement,
} from '../../facts/kube-objects.ts';
import type { Admission } from '../admission.ts';
import { judgedTogether } from './speaker-configuration.ts';
import type { SpeakerInput } from './speaker-input.ts';
import { speakerRulesOf } from './speaker-rules.ts';

/** An object that the validating webhook is asked about. */
export type AdmittedObject =
  | IPAddressPool
  | L2Advertisement
  | BGPAdvertisement
  | BGPPeer
  | BFDProfile
  | Community;

/** What is known when an object is written: all there was before, and how the controller was started. */
export interface ObjectAdmission {
  readonly object: AdmittedObject;
  readonly stored: SpeakerInput;
  readonly isCreate: boolean;
}

/**
 * Whether the webhook lets an object pass. For each kind it looks at a few others only, so what is refused by a speaker
 * may well have passed: references to what may still come are left out before it looks.
 */
export function admissionOfObject({ object, stored, isCreate }: ObjectAdmission): Admission {
  const { namespace } = stored;
  if (isCreate && passesUnseen(object, stored)) {
    return { allowed: true };
  }
  if (isCreate && object.metadata.namespace !== namespace) {
    const messages = [`resource must be created in ${namespace} namespace`];
    return { allowed: false, messages, problems: [] };
  }
  // Whatever namespace an update names, the object is held against those of MetalLB.
  const atHome = { ...object, metadata: { ...object.metadata, namespace } };
  const judged = judgedTogether(lookedAt(atHome, stored));
  return judged.state === 'accepted'
    ? { allowed: true }
    : { allowed: false, messages: judged.maySay, problems: judged.problems };
}

/** A peer that is created with `disableMP` gets a warning and nothing more (v0.15.0 on), whatever else is in it. */
function passesUnseen(object: AdmittedObject, { version }: SpeakerInput): boolean {
  return (
    object.kind === 'BGPPeer' &&
    object.spec.disableMP === true &&
    speakerRulesOf(version).knowsInterfaces
  );
}

/** The kinds the webhook for this kind reads, without what could still be completed. */
function lookedAt(object: AdmittedObject, stored: SpeakerInput): SpeakerInput {
  const none = emptied(stored);
  switch (object.kind) {
    case 'IPAddressPool':
      return { ...none, pools: written(stored.pools, object) };
    case 'L2Advertisement':
      return {
        ...none,
        pools: stored.pools,
        l2Advertisements: written(stored.l2Advertisements, object),
      };
    case 'BGPAdvertisement':
      return {
        ...none,
        pools: stored.pools,
        nodes: stored.nodes,
        bgpAdvertisements: written(stored.bgpAdvertisements, object).map(withoutAliases),
      };
    case 'BGPPeer':
      return {
        ...none,
        nodes: speakerRulesOf(stored.version).judgesOwnNodeOnly ? stored.nodes : [],
        bgpPeers: written(stored.bgpPeers, object).map(withoutReferences),
      };
    case 'Community':
      return { ...none, communities: written(stored.communities, object) };
    case 'BFDProfile':
      return none;
  }
}

function emptied(stored: SpeakerInput): SpeakerInput {
  return {
    ...stored,
    pools: [],
    l2Advertisements: [],
    bgpAdvertisements: [],
    bgpPeers: [],
    bfdProfiles: [],
    communities: [],
    namespaces: [],
    nodes: [],
    secrets: undefined,
  };
}

function written<Kind extends AdmittedObject>(
  stored: readonly Kind[],
  object: Kind,
): readonly Kind[] {
  const others = stored.filter(({ metadata }) => metadata.name !== object.metadata.name);
  return [...others, object];
}

function withoutAliases(advertisement: BGPAdvertisement): BGPAdvertisement {
  const { spec } = advertisement;
  const communities = spec.communities.filter((value) => value.includes(':'));
  return { ...advertisement, spec: { ...spec, communities } };
}

function withoutReferences(peer: BGPPeer): BGPPeer {
  const { bfdProfile: _, passwordSecret: __, ...spec } = peer.spec;
  return { ...peer, spec };
}
