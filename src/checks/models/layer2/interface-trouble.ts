import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { L2Advertisement, Service } from '../../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import type { AnnouncedPool } from '../../../core/metallb/configuration/announced.ts';
import { runsSince, speakerOn } from '../announcing/speaker-on.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { seenLine } from '../seen.ts';
import type { LogLine } from '../testimony/log-lines.ts';
import { excludedFrom } from './excluded-interfaces.ts';
import { standingFailure } from './failed-announcements.ts';
import { respondersOn, responderLines } from './responders.ts';

/** What tells of the interfaces of speakers. */
export type InterfaceFacts = AnnouncingFacts &
  Facts<never, 'events' | 'configMaps' | 'serviceL2Statuses'>;

/** One Service, the node that is elected to announce it, and the interfaces that the advertisements name for it. */
export interface InterfaceQuestion {
  readonly service: Service;
  /** The pools that hold its addresses. */
  readonly pools: readonly AnnouncedPool[];
  readonly node: string;
  readonly wanted: readonly string[];
}

/** Why the elected node answers on none of the interfaces that are wanted. */
export type InterfaceTrouble = InterfaceQuestion & {
  /** The advertisements that name them. */
  readonly advertisements: readonly L2Advertisement[];
} & (
    | {
        readonly kind: 'excluded';
        /** The list of interfaces to leave alone. */
        readonly list: ObjectRef;
        readonly hits: readonly { readonly name: string; readonly pattern: string }[];
      }
    | {
        readonly kind: 'missing';
        readonly evidence: Evidence;
        /** Where it does answer. */
        readonly made: readonly string[];
      }
    | {
        readonly kind: 'mute';
        readonly evidence: Evidence;
        readonly made: readonly string[];
        /** False where the log may lack the responders that the speaker opened when it started. */
        readonly isFromTheStart: boolean;
      }
  );

/** The first that is found; undefined when it answers, as far as anybody tells. */
export function interfaceTrouble(
  question: InterfaceQuestion,
  facts: InterfaceFacts,
): InterfaceTrouble | undefined {
  return excluded(question, facts) ?? failed(question, facts) ?? mute(question, facts);
}

/** Neither an event nor a responder says anything about its interfaces: then only the log of its speaker can. */
export function isUntold(question: InterfaceQuestion, facts: InterfaceFacts): boolean {
  return (
    responderLines(question.node, facts).length === 0 && failureOf(question, facts) === undefined
  );
}

/** The list of interfaces to leave alone names all that the advertisements ask for. */
function excluded(
  question: InterfaceQuestion,
  facts: InterfaceFacts,
): InterfaceTrouble | undefined {
  const list = excludedFrom(facts);
  const hits = question.wanted.flatMap((name) => {
    const pattern = list?.patternFor(name);
    return pattern === undefined ? [] : [{ name, pattern }];
  });
  return list === undefined || hits.length < question.wanted.length
    ? undefined
    : { ...asked(question, facts), kind: 'excluded', list: list.about, hits };
}

/** MetalLB's own word that none of them is there, unless it holds no more. */
function failed(question: InterfaceQuestion, facts: InterfaceFacts): InterfaceTrouble | undefined {
  const evidence = failureOf(question, facts);
  return evidence === undefined
    ? undefined
    : {
        ...asked(question, facts),
        kind: 'missing',
        evidence,
        made: respondersOn(question.node, facts),
      };
}

function failureOf(question: InterfaceQuestion, facts: InterfaceFacts): Evidence | undefined {
  return standingFailure(asked(question, facts), facts);
}

/** It exists and has no responder: a member of a bond or bridge, down, or without broadcast. */
function mute(question: InterfaceQuestion, facts: InterfaceFacts): InterfaceTrouble | undefined {
  const { node, wanted } = question;
  const made = respondersOn(node, facts);
  const [line] = responderLines(node, facts);
  return line === undefined || made.length === 0 || wanted.some((name) => made.includes(name))
    ? undefined
    : {
        ...asked(question, facts),
        kind: 'mute',
        evidence: seenLine(line),
        made,
        isFromTheStart: isOfTheStart(line, runsSince(speakerOn(node, facts).pod)),
      };
}

/** A speaker opens them within moments. */
const startMs = 120_000;

function isOfTheStart({ at }: LogLine, since: string | undefined): boolean {
  const after = Date.parse(at ?? '') - Date.parse(since ?? '');
  return after <= startMs;
}

function asked(
  question: InterfaceQuestion,
  { l2Advertisements, installation }: InterfaceFacts,
): InterfaceQuestion & Pick<InterfaceTrouble, 'advertisements'> {
  const names = new Set(question.pools.flatMap(({ l2 }) => l2.map(({ name }) => name)));
  const advertisements = l2Advertisements.filter(
    ({ metadata, spec }) =>
      metadata.namespace === installation?.namespace &&
      names.has(metadata.name) &&
      spec.interfaces.length > 0,
  );
  return { ...question, advertisements };
}
