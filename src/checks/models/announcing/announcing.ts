import { rememberedOf } from '../../../core/diagnosis/facts.ts';
import { parseAddress, type IpAddress } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { advertisedByBGP, type BGPDecision } from '../../../core/metallb/election/bgp.ts';
import { electLayer2, type Layer2Election } from '../../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';
import { addressesIn } from '../services.ts';
import { isUncertain, speakerOn } from './speaker-on.ts';
import { speakersAtMost, speakersAtWork, type AnnouncingFacts } from './speakers-at-work.ts';

/** Who should announce a Service, by MetalLB's own rules. */
export interface Announcing {
  readonly service: Service;
  readonly speakers: Speakers;
  /** In the order of the status; what is no address is left out. */
  readonly addresses: readonly IpAddress[];
  /** Pools of the loaded configuration that hold the addresses, each once. */
  readonly pools: readonly string[];
  readonly layer2: Layer2Election;
  readonly bgp: ReturnType<typeof advertisedByBGP>;
  /** How its pools are announced, by the advertisements that select them. */
  readonly by: readonly ('layer2' | 'bgp')[];
  /** The node that announces in layer 2 if every speaker that may be dead is; undefined when nobody does. */
  readonly announcer: string | undefined;
  /** Elected, and yet nothing is announced from it. */
  readonly mute: Mute | undefined;
  /** Nodes that announce in its place should their speakers be alive after all, the first of those that are. */
  readonly mayAnnounce: readonly string[];
  /** Nodes that advertise by BGP, by name. */
  readonly advertisers: readonly string[];
  /** Nodes that may do so too: their speakers may be alive, or go on with an older configuration. */
  readonly mayAdvertise: readonly string[];
  /** False as soon as the announcer in layer 2 may be another one, or none. */
  readonly isCertain: boolean;
}

/** An elected node that does not announce. */
export interface Mute {
  readonly node: string;
  /**
   * Its speaker refuses its configuration, and goes on with the last that it accepted if it has any; or no speaker runs
   * there, which nobody notices without memberlist.
   */
  readonly why: 'no-configuration' | 'no-speaker';
}

/** What MetalLB decides for the Service; undefined without an installation. */
export const announcingOf = rememberedOf(announcedBy);

function announcedBy(service: Service, facts: AnnouncingFacts): Announcing | undefined {
  const speakers = speakersAtWork(facts);
  const atMost = speakersAtMost(facts);
  if (speakers === undefined || atMost === undefined) {
    return undefined;
  }
  const layer2 = electLayer2(service, speakers);
  const bgp = advertisedByBGP(service, speakers);
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  const mute = mutenessIn(layer2, facts);
  const mayAnnounce =
    atMost === speakers ? [] : openCandidates(electLayer2(service, atMost).candidates, facts);
  return {
    service,
    speakers,
    addresses,
    ...poolsOf(addresses, speakers),
    layer2,
    bgp,
    announcer: mute === undefined ? layer2.announcer : undefined,
    mute,
    mayAnnounce,
    ...advertisersIn(bgp, facts),
    isCertain: mayAnnounce.length === 0 && mute === undefined && speakers.loaded.length > 0,
  };
}

/** From v0.16.0 on not every speaker holds every BGPAdvertisement. */
function poolsOf(
  addresses: readonly IpAddress[],
  { loaded }: Speakers,
): Pick<Announcing, 'pools' | 'by'> {
  const owners = loaded.flatMap(({ index, pools }) =>
    addresses.flatMap((address) =>
      index.holding(address).flatMap(({ name }) => pools.get(name) ?? []),
    ),
  );
  return {
    pools: [...new Set(owners.map(({ name }) => name))],
    by: [
      ...(owners.some(({ l2 }) => l2.length > 0) ? (['layer2'] as const) : []),
      ...(owners.some(({ bgp }) => bgp.length > 0) ? (['bgp'] as const) : []),
    ],
  };
}

/** The elected node when nothing is announced from it. */
export function mutenessIn(
  { announcer, mute }: Layer2Election,
  facts: AnnouncingFacts,
): Mute | undefined {
  if (mute !== undefined) {
    return { node: mute, why: 'no-configuration' };
  }
  const isThere = announcer === undefined || speakerOn(announcer, facts).state === 'running';
  return isThere ? undefined : { node: announcer, why: 'no-speaker' };
}

/** Candidates that come before the first of whose speaker everything is certain. */
export function openCandidates(
  candidates: readonly string[],
  facts: AnnouncingFacts,
): readonly string[] {
  const certain = candidates.findIndex((node) => !isUncertain(speakerOn(node, facts)));
  return certain === -1 ? candidates : candidates.slice(0, certain);
}

/** BGP asks nothing of memberlist, only that a speaker runs. */
function advertisersIn(
  decisions: ReadonlyMap<string, BGPDecision>,
  facts: AnnouncingFacts,
): Pick<Announcing, 'advertisers' | 'mayAdvertise'> {
  const advertisers: string[] = [];
  const mayAdvertise: string[] = [];
  for (const [node, decision] of decisions) {
    const speaker = speakerOn(node, facts);
    const isOpen = !decision.advertises && decision.reason === undefined;
    if (decision.advertises && speaker.state === 'running') {
      advertisers.push(node);
    } else if (
      (decision.advertises && isUncertain(speaker)) ||
      (isOpen && speaker.state === 'running')
    ) {
      mayAdvertise.push(node);
    }
  }
  return { advertisers: advertisers.toSorted(), mayAdvertise: mayAdvertise.toSorted() };
}
