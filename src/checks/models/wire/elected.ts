import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { announcingOf, type Announcing } from '../announcing/announcing.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import { announcingHelps, announcingNeeds } from '../announcing/speakers-at-work.ts';
import { looksAt, type NamedLook } from './looks.ts';

/** What checks on who answers declare. */
export const answeringNeeds = ['wire', ...announcingNeeds] as const;
export const answeringHelps = [...announcingHelps] as const;

export type AnsweringFacts = Facts<
  (typeof answeringNeeds)[number],
  (typeof answeringHelps)[number]
>;

/** Who should answer for a Service in layer 2, and what was seen. */
export interface Answering {
  readonly announcing: Announcing;
  readonly looks: readonly NamedLook[];
  /** The node that MetalLB elects; undefined when none announces. */
  readonly elected: string | undefined;
}

/** Joins the election to the looks; undefined where layer 2 has no part in it. */
export function answeringFor(
  service: Service | undefined,
  facts: AnsweringFacts,
): Answering | undefined {
  const announcing = service && announcingOf(service, facts);
  return service === undefined || announcing?.by.includes('layer2') !== true
    ? undefined
    : { announcing, looks: looksAt(service, facts), elected: announcing.announcer };
}

/** Why there is nothing to ask of the wire. */
export function whyNotAnswered(
  service: Service | undefined,
  facts: AnsweringFacts,
): string | undefined {
  if (service === undefined) {
    return 'there is no Service in question';
  }
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  const answering = answeringFor(service, facts);
  if (answering === undefined) {
    return 'the Service is not announced in layer 2';
  }
  return answering.looks.length === 0 ? 'nobody looked at its addresses (--probe)' : undefined;
}

/** Why a port cannot have been tried. */
export function whyNotTried(
  service: Service | undefined,
  facts: Facts<'wire' | 'nodes'>,
): string | undefined {
  if (service === undefined) {
    return 'there is no Service in question';
  }
  return looksAt(service, facts).some(({ look }) => look.ports.length > 0)
    ? undefined
    : 'nobody tried its ports (--probe)';
}

/** The command that shows all that the speaker of a node has said. */
export function speakerLogs(node: string, facts: AnsweringFacts): string {
  const namespace = facts.installation?.namespace ?? 'metallb-system';
  const name = speakerOn(node, facts).pod?.metadata.name;
  return name === undefined
    ? kubectl`-n ${namespace} logs -l component=speaker -c speaker --prefix --tail=-1`
    : kubectl`-n ${namespace} logs ${name} -c speaker --tail=-1`;
}

/** Whether a port of the address let somebody in during the look. */
export function isOpenIn({ look }: NamedLook): boolean {
  return look.ports.some(({ outcome }) => outcome === 'open');
}
