import type { WireAnswer, WireIgnored, WireNeighbour } from '../../core/facts/wire.ts';
import type { Heard } from '../hear.ts';

/** How many Ethernet addresses are kept of those that answer, and of those that probe. */
const mostAnswerers = 64;
const mostProbers = 16;
/** More than two at an address are trouble enough: each costs a question. */
const mostAlone = 4;
/** This host's kernel may ask too, once or twice: of fewer questions that would be twice as many. */
const leastForTwice = 3;
/** A host answers with each of its cards that stands in the segment. */
const mostCards = 8;

/** What was heard so far; a flood makes its counters grow and nothing else. */
export class Tally {
  readonly #answers = new Map<string, WireAnswer>();
  readonly #neighbours = new Map<string, Set<string>>();
  readonly #probers = new Set<string>();
  readonly #ignored = new Map<string, number>();
  readonly #replies = new Map<string, number>();
  readonly #alone = new Map<string, 'answered' | 'silent'>();
  #notKept = 0;

  /** Counts what one frame said, so many milliseconds after the first question. */
  note(heard: Heard, ms: number): void {
    switch (heard.kind) {
      case 'answer':
        return this.#noteAnswer(heard, ms);
      case 'neighbour':
        return this.#noteNeighbour(heard.address, heard.mac);
      case 'prober':
        if (this.#probers.size < mostProbers) {
          this.#probers.add(heard.mac);
        }
        return;
      case 'ignored':
        this.#ignored.set(heard.why, (this.#ignored.get(heard.why) ?? 0) + 1);
    }
  }

  /** The first Ethernet addresses that answered when asked and have said nothing yet to a question put to them alone. */
  get silentAlone(): readonly string[] {
    return [...this.#answers.values()]
      .filter(({ unasked }) => !unasked)
      .slice(0, mostAlone)
      .flatMap(({ mac }) => (this.#alone.get(mac) === 'answered' ? [] : [mac]));
  }

  /** From here on an answer of this Ethernet address is one to a question put to it alone. */
  awaitAlone(mac: string): void {
    this.#alone.set(mac, 'silent');
  }

  /** Whether somebody has answered for this neighbour. */
  knows(neighbour: string): boolean {
    return this.#neighbours.has(neighbour);
  }

  /** With so many questions put to the group, or to all. */
  answersTo(asked: number): readonly WireAnswer[] {
    return [...this.#answers.values()].map((answer) => {
      const askedAlone = this.#alone.get(answer.mac);
      const replies = this.#replies.get(answer.mac) ?? 0;
      return {
        ...answer,
        ...(askedAlone === undefined ? {} : { askedAlone }),
        ...(asked >= leastForTwice && replies >= 2 * asked ? { isTwice: true as const } : {}),
      };
    });
  }

  get neighbours(): readonly WireNeighbour[] {
    return [...this.#neighbours].flatMap(([address, macs]) =>
      [...macs].map((mac) => ({ address, mac })),
    );
  }

  get probers(): readonly string[] {
    return [...this.#probers].toSorted();
  }

  get ignored(): readonly WireIgnored[] {
    return [...this.#ignored]
      .map(([why, count]) => ({ why, count }))
      .toSorted((left, right) => (left.why < right.why ? -1 : 1));
  }

  get notKept(): number {
    return this.#notKept;
  }

  #noteNeighbour(address: string, mac: string): void {
    const macs = this.#neighbours.get(address) ?? new Set();
    if (macs.size < mostCards) {
      this.#neighbours.set(address, macs.add(mac));
    }
  }

  #noteAnswer({ mac, isAsked, sentBy }: Heard & { readonly kind: 'answer' }, ms: number): void {
    if (isAsked && this.#alone.has(mac)) {
      this.#alone.set(mac, 'answered');
      return;
    }
    const known = this.#answers.get(mac);
    if (known === undefined && this.#answers.size >= mostAnswerers) {
      this.#notKept += 1;
      return;
    }
    this.#replies.set(mac, (this.#replies.get(mac) ?? 0) + (isAsked ? 1 : 0));
    this.#answers.set(mac, {
      mac,
      count: (known?.count ?? 0) + 1,
      firstMs: known?.firstMs ?? ms,
      lastMs: ms,
      unasked: !isAsked && known?.unasked !== false,
      ...withSender(known?.sentBy ?? sentBy),
    });
  }
}

function withSender(sentBy: string | undefined): { readonly sentBy?: string } {
  return sentBy === undefined ? {} : { sentBy };
}
