import type { EndpointSlice, Service } from '../../core/facts/kube-objects.ts';
import { Advertisers } from '../../core/metallb/election/advertisers.ts';
import { electLayer2 } from '../../core/metallb/election/layer2.ts';
import { servingIn } from '../../core/metallb/election/serving.ts';
import { speakersOf, type Speakers } from '../../core/metallb/election/speakers.ts';
import type { IpFamily } from '../../core/facts/ip.ts';
import type { AtAGlance } from '../models/announcing/at-a-glance.ts';

/** Nodes that are thought away; their endpoints go with them unless only the speakers stop. */
export interface Loss {
  readonly nodes: ReadonlySet<string>;
  readonly endpointsGo: boolean;
}

/** Who announces a Service once they are gone. */
export interface Aftermath {
  readonly announcer: string | undefined;
  readonly advertisers: (family: IpFamily) => readonly string[];
  /** True when endpoints of the Service could serve before, and none can now. */
  readonly isWithoutEndpoint: boolean;
  /** The lost node that goes on being elected, because nobody notices without memberlist. */
  readonly unnoticed: string | undefined;
}

/** What the drill knows of the cluster before anything is thought away. */
export interface Beforehand {
  readonly before: Speakers;
  readonly glanceAt: (service: Service) => AtAGlance;
  /** Whether a speaker runs on the node: without memberlist one without may be elected. */
  readonly isAtWork: (node: string) => boolean;
}

/** The world after the loss. Node objects stay: a node that dies is only not ready. */
export function afterTheLoss(
  { before, isAtWork }: Pick<Beforehand, 'before' | 'isAtWork'>,
  loss: Loss,
): { readonly speakers: Speakers; readonly of: (glance: AtAGlance) => Aftermath } {
  const { input } = before;
  const speakers = speakersOf({
    ...input,
    members: input.members && new Set([...input.members].filter((node) => !loss.nodes.has(node))),
    endpointSlices: loss.endpointsGo
      ? input.endpointSlices.map((slice) => without(slice, loss.nodes))
      : input.endpointSlices,
  });
  const advertisers = new Advertisers(speakers);
  const left = goingOn(loss.nodes);
  return {
    speakers,
    of: (glance) => {
      const { service } = glance;
      const isWithoutEndpoint = losesItsEndpoints(service, before, speakers);
      const elected = announcerAfter(glance, { speakers, loss, isWithoutEndpoint });
      const unnoticed = elected !== undefined && loss.nodes.has(elected) ? elected : undefined;
      const nodes = advertisers.of(service);
      return {
        announcer:
          elected !== undefined && unnoticed === undefined && isAtWork(elected)
            ? elected
            : undefined,
        unnoticed,
        isWithoutEndpoint,
        advertisers: (family) => left(glance.advertisers(family), nodes.get(family) ?? []),
      };
    },
  };
}

/** Those that go on: they advertised before, would by the rules, and are not lost. Most Services have the same lists. */
function goingOn(
  lost: ReadonlySet<string>,
): (before: readonly string[], after: readonly string[]) => readonly string[] {
  const known = new WeakMap<readonly string[], WeakMap<readonly string[], readonly string[]>>();
  return (before, after) => {
    const ofBefore = known.get(before) ?? new WeakMap<readonly string[], readonly string[]>();
    known.set(before, ofBefore);
    const found = ofBefore.get(after) ?? staying(before, new Set(after), lost);
    ofBefore.set(after, found);
    return found;
  };
}

function staying(
  before: readonly string[],
  after: ReadonlySet<string>,
  lost: ReadonlySet<string>,
): readonly string[] {
  return before.filter((node) => after.has(node) && !lost.has(node));
}

function without(slice: EndpointSlice, lost: ReadonlySet<string>): EndpointSlice {
  const endpoints = slice.endpoints.filter(({ nodeName }) => !lost.has(nodeName ?? ''));
  return endpoints.length === slice.endpoints.length ? slice : { ...slice, endpoints };
}

function losesItsEndpoints(service: Service, before: Speakers, after: Speakers): boolean {
  return (
    !servingIn(after.slicesOf(service)).anywhere && servingIn(before.slicesOf(service)).anywhere
  );
}

interface Changed {
  readonly speakers: Speakers;
  readonly loss: Loss;
  readonly isWithoutEndpoint: boolean;
}

/** Nodes that were not elected can go without anything moving, so most elections need not be held again. */
function announcerAfter(
  { service, announcer }: AtAGlance,
  { speakers, loss, isWithoutEndpoint }: Changed,
): string | undefined {
  if (announcer === undefined || isWithoutEndpoint) {
    return undefined;
  }
  return loss.nodes.has(announcer) ? electLayer2(service, speakers).announcer : announcer;
}
