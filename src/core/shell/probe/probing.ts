import { likelyAnnouncers } from '../../../checks/announcers/likely-announcers.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import type { WireLook } from '../../facts/wire.ts';
import type { WireProber, WireQuestion } from '../../facts/wire-port.ts';
import type { SourceFlags } from '../world.ts';
import { looksFromNodes, refuseUnknownNodes } from './from-node.ts';
import { taken } from './taken.ts';
import { wantsLook, type ProbeFlags } from './probe-flags.ts';
import { announcersFirst, wireQuestions, withNode } from './wire-questions.ts';

/** What a command lends for a look. */
export interface ProbeHands {
  readonly narrate: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  /** Tells a person, on stderr. */
  readonly tell: (text: string) => void;
  readonly version: string;
  readonly signal: AbortSignal;
}

/** What came of the looks that were asked for. */
export interface Looked {
  /** Undefined when nobody could look. */
  readonly looks: readonly WireLook[] | undefined;
  /** A sentence for each look that could not be taken, and why. */
  readonly untaken: readonly string[];
}

/** Looks at the wire for one Service once the cluster was read; undefined when it has nothing to look at. */
export type LooksAt = (snapshot: Snapshot, service: Service) => Promise<Looked | undefined>;

/** How these flags want the wire looked at; undefined when they do not. */
export function probing(flags: ProbeFlags & SourceFlags, hands: ProbeHands): LooksAt | undefined {
  if (!wantsLook(flags, flags.from)) {
    return undefined;
  }
  return async (snapshot, service) => {
    const nodes = itemsIfRead(snapshot.readings.nodes);
    refuseUnknownNodes(flags['from-node'] ?? [], snapshot.readings.nodes);
    const asked = announcersFirst(nodes, likelyAnnouncers(snapshot, service));
    const questions = wireQuestions(service, asked, flags);
    if (questions.length === 0) {
      return undefined;
    }
    const here = flags.probe
      ? await taken('from this host', hands, () => looksFromHere(questions, hands))
      : nothing;
    const there = await looksFromNodes(questions, { flags, hands, snapshot });
    return together([
      { ...here, looks: here.looks?.map((look) => withNode(look, nodes)) },
      ...there,
    ]);
  };
}

const nothing: Looked = { looks: undefined, untaken: [] };

function together(all: readonly Looked[]): Looked {
  const some = all.filter(({ looks }) => looks !== undefined);
  return {
    looks: some.length === 0 ? undefined : some.flatMap(({ looks = [] }) => looks),
    untaken: all.flatMap(({ untaken }) => untaken),
  };
}

async function looksFromHere(
  questions: readonly WireQuestion[],
  hands: ProbeHands,
): Promise<readonly WireLook[]> {
  const { openProber } = await import('../../../arp/open-prober.ts');
  return await looksOf(openProber(), questions, hands);
}

/** One after the other: each is a handful of frames, and a person reads along. */
export async function looksOf(
  prober: WireProber,
  questions: readonly WireQuestion[],
  { narrate, signal }: Pick<ProbeHands, 'narrate' | 'signal'>,
): Promise<readonly WireLook[]> {
  const looks: WireLook[] = [];
  for (const question of questions) {
    if (!signal.aborted) {
      looks.push(
        await narrate(`asking who has ${question.address}`, () => prober.look(question, signal)),
      );
    }
  }
  return looks;
}
