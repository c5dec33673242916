import { hear, type Listener } from '../hear.ts';
import type { HostInterface } from '../host/host-port.ts';
import type { Link, LinkLosses, LinkRefusal, Sending } from '../link-port.ts';
import { solicitedNodeOf } from '../ndp.ts';
import type { NeighboursToAsk } from '../host/neighbours.ts';
import type { Look, Seen } from '../prober.ts';
import { questionAlone, questionFor, type Asker } from '../questions.ts';
import { scheduleFor } from './schedule.ts';
import { Tally } from './tally.ts';
import { gapsBy, unseenBy, type Troubles } from './unseen.ts';

/** Neighbours are asked for one after the other: the segment hears at most 50 of us a second. */
const neighbourEveryMs = 20;
const neighbourRounds = 2;
/** Whoever was heard a moment ago answers at once. */
const aloneEveryMs = 500;
const aloneRounds = 2;

type Open = (name: string, index: number | undefined) => Promise<Link | LinkRefusal>;

/** An interface that is listened on, and who else is asked for there. */
export interface Post {
  readonly interface: HostInterface;
  readonly neighbours: NeighboursToAsk;
}

/** One interface listened on while an address is asked for. */
export class Session {
  readonly #look: Look;
  readonly #post: Post;
  readonly #tally = new Tally();
  readonly #unsent = new Map<Sending, number>();
  #listener: Listener;
  #link: Link | undefined;
  #open: Open | undefined;
  #losses: LinkLosses = { downs: 0, unread: 0 };
  #start = 0;
  #asked = 0;
  #lastAskedMs = 0;
  #goneAtMs: number | undefined;

  constructor(look: Look, post: Post) {
    this.#look = look;
    this.#post = post;
    const { family, address, question, facing } = look;
    const ip = question.isProbe === true ? undefined : facing.source;
    const neighbours = new Set<string>(post.neighbours.asked);
    this.#listener = { family, address, mac: post.interface.mac, ip, neighbours };
  }

  /** Takes a frame off the wire, whatever it is. */
  onFrame = (frame: Uint8Array): void => {
    this.#tally.note(hear(frame, this.#listener), Math.round(this.#spentMs() * 10) / 10);
  };

  /** From here on this link is used; the same way leads to another one when it is lost. */
  begin(link: Link, open: Open): void {
    this.#link = link;
    this.#open = open;
    this.#listener = { ...this.#listener, mac: link.mac };
    this.#goneAtMs = undefined;
  }

  /** Asks, listens to the end of the window, and closes the socket whatever happens. */
  async listen(signal: AbortSignal): Promise<Seen> {
    const { question, parts, tryPorts } = this.#look;
    const wish = { ...question, isProbe: question.isProbe ?? false };
    const { questionsAt, windowMs, restMs } = scheduleFor(wish);
    const leaveGroup = this.#joinProbers();
    // the first answer must not wait until the code that reads it is compiled
    hear(questionFor(this.#look.address, this.#listener), this.#listener);
    this.#start = parts.clock.elapsedMs();
    try {
      const [ports] = await Promise.all([
        tryPorts(),
        this.#ask(questionsAt, signal),
        this.#askNeighbours(windowMs, signal),
      ]);
      // a busy machine may have put the last question late
      const endMs = Math.max(windowMs, this.#lastAskedMs + restMs);
      await parts.clock.sleep(Math.max(0, endMs - this.#spentMs()), signal);
      await this.#askAlone(signal);
      return { ...(await this.#seen(signal.aborted)), ports };
    } finally {
      leaveGroup();
      this.#link?.close();
    }
  }

  /** Answers come to us alone or to all; who else asks about an IPv6 address is heard in its group only. */
  #joinProbers(): () => void {
    const { family, address, parts, question } = this.#look;
    return family === 'ipv6' && question.isProbe === true
      ? parts.joinGroup(solicitedNodeOf(address).group, this.#post.interface.name)
      : () => undefined;
  }

  async #ask(questionsAt: readonly number[], signal: AbortSignal): Promise<void> {
    for (const at of questionsAt) {
      await this.#wait(at - this.#spentMs(), signal);
      if (signal.aborted) {
        return;
      }
      await this.#reviveLink();
      if (this.#send(questionFor(this.#look.address, this.#listener)) === 'sent') {
        this.#asked += 1;
        this.#lastAskedMs = this.#spentMs();
      }
    }
  }

  /** Whoever has not answered is asked once more. */
  async #askNeighbours(windowMs: number, signal: AbortSignal): Promise<void> {
    const asker: Asker = { ...this.#listener, ip: this.#look.facing.source };
    for (let round = 0; round < neighbourRounds; round += 1) {
      for (const neighbour of this.#post.neighbours.asked) {
        await this.#wait(neighbourEveryMs, signal);
        if (signal.aborted || this.#spentMs() > windowMs) {
          return;
        }
        if (!this.#tally.knows(neighbour)) {
          this.#send(questionFor(neighbour, asker));
        }
      }
    }
  }

  /** Neighbours that know an IPv6 address ask again at that Ethernet address alone: a way of its own to fail (metallb#2920). */
  async #askAlone(signal: AbortSignal): Promise<void> {
    const { family, address, question } = this.#look;
    if (family === 'ipv4' || question.isProbe === true || this.#listener.ip === undefined) {
      return;
    }
    for (let round = 0; round < aloneRounds; round += 1) {
      const silent = this.#tally.silentAlone;
      if (signal.aborted || silent.length === 0) {
        return;
      }
      for (const mac of silent) {
        this.#tally.awaitAlone(mac);
        this.#send(questionAlone(address, mac, this.#listener));
      }
      await this.#wait(aloneEveryMs, signal);
    }
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    return ms <= 0 ? Promise.resolve() : this.#look.parts.clock.sleep(ms, signal);
  }

  /** What cannot be sent is counted, not tried again: an interface that is down is not hammered at. */
  #send(frame: Uint8Array): Sending {
    const sending = this.#link?.send(frame) ?? 'gone';
    if (sending === 'gone') {
      this.#goneAtMs ??= this.#spentMs();
    }
    if (sending !== 'sent') {
      this.#unsent.set(sending, (this.#unsent.get(sending) ?? 0) + 1);
    }
    return sending;
  }

  /** A device that is gone stays gone, even when another one takes its name; that one is listened on then. */
  async #reviveLink(): Promise<void> {
    const { name } = this.#post.interface;
    if (this.#goneAtMs === undefined || this.#open === undefined) {
      return;
    }
    const found = await this.#interfaceNow();
    const link = found === undefined ? undefined : await this.#open(name, found.index);
    if (link !== undefined && !('refused' in link)) {
      this.#dropLink();
      this.begin(link, this.#open);
    }
  }

  async #interfaceNow(): Promise<HostInterface | undefined> {
    const { host } = this.#look.parts;
    const interfaces = await host.interfaces(new AbortController().signal);
    return interfaces.find(({ name }) => name === this.#post.interface.name);
  }

  #dropLink(): void {
    const last = this.#link?.losses() ?? { downs: 0, unread: 0 };
    const { downs, unread } = this.#losses;
    this.#losses = { downs: downs + last.downs, unread: unread + last.unread };
    this.#link?.close();
    this.#link = undefined;
  }

  #spentMs(): number {
    return this.#look.parts.clock.elapsedMs() - this.#start;
  }

  async #seen(isStopped: boolean): Promise<Omit<Seen, 'ports'>> {
    const windowMs = this.#spentMs();
    const isLost = await this.#isLost();
    this.#dropLink();
    const { neighbours, probers, ignored, notKept } = this.#tally;
    const { family, question } = this.#look;
    const troubles: Troubles = {
      ...this.#losses,
      isLost,
      goneAtMs: this.#goneAtMs,
      unsent: this.#unsent,
      notKept,
      isProbe: question.isProbe ?? false,
      isStopped,
    };
    const gaps = gapsBy(troubles, this.#look);
    return {
      method: family === 'ipv4' ? 'arp' : 'ndp',
      windowMs,
      asked: this.#asked,
      answers: this.#tally.answersTo(this.#asked),
      neighbours,
      ...(notKept === 0 ? {} : { notKept }),
      ...(probers.length === 0 ? {} : { probers }),
      ...(ignored.length === 0 ? {} : { ignored }),
      ...(gaps.length === 0 ? {} : { gaps }),
      unseen: [...unseenBy(troubles, this.#look), ...this.#post.neighbours.unseen],
    };
  }

  /** A deleted interface says it is down, once, and is silent then. */
  async #isLost(): Promise<boolean> {
    const downs = this.#losses.downs + (this.#link?.losses().downs ?? 0);
    return (
      this.#goneAtMs !== undefined || (downs > 0 && (await this.#interfaceNow()) === undefined)
    );
  }
}
