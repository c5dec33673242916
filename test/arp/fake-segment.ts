import { setImmediate } from 'node:timers';
import type { WireClock } from '../../src/arp/look/clock.ts';
import { arpFrame, parseArpPacket } from '../../src/arp/packet.ts';
import { runFilter } from './bpf.ts';
import type { Link, LinkOpening, LinkRefusal, OpenLink, Sending } from '../../src/arp/link-port.ts';

/** A clock that jumps to whatever comes next, as soon as nobody works any more. */
export class FakeClock implements WireClock {
  #now = 0;
  #order = 0;
  #waiting: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];
  #isTurning = false;

  now(): Date {
    return new Date(Date.UTC(2026, 2, 14, 3, 12, 40) + this.#now);
  }

  elapsedMs(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      signal.addEventListener('abort', () => resolve());
      this.at(this.#now + ms, resolve);
    });
  }

  /** Does something at a time of this clock. */
  at(at: number, wake: () => void): void {
    this.#order += 1;
    this.#waiting.push({ at, order: this.#order, wake });
    if (!this.#isTurning) {
      this.#isTurning = true;
      setImmediate(() => this.#turn());
    }
  }

  /** From that time on nobody has his turn for so long, as on a machine that has too much to do. */
  stall(at: number, ms: number): void {
    this.at(at, () => {
      this.#now += ms;
    });
  }

  #turn(): void {
    const [next] = this.#waiting.toSorted(
      (left, right) => left.at - right.at || left.order - right.order,
    );
    if (next === undefined) {
      this.#isTurning = false;
      return;
    }
    this.#waiting = this.#waiting.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
    setImmediate(() => this.#turn());
  }
}

/** What a machine on the segment does with a frame: frames of its own, and after how long. */
export type Machine = (
  frame: Uint8Array,
) => readonly { readonly frame: Uint8Array; readonly afterMs: number }[];

/** A machine that has an address. */
export function machineWith(ip: string, mac: string, afterMs = 1): Machine {
  return (frame) => {
    const parsed = parseArpPacket(frame);
    if (!('packet' in parsed) || parsed.packet.targetIp !== ip) {
      return [];
    }
    const { senderMac, senderIp } = parsed.packet;
    const reply = arpFrame({
      operation: 'reply',
      ethernetDestination: senderMac,
      ethernetSource: mac,
      senderMac: mac,
      senderIp: ip,
      targetMac: senderMac,
      targetIp: senderIp,
    });
    return [{ frame: reply, afterMs }];
  };
}

/** A segment with machines on it, one interface of ours, and what may happen to that. */
export class FakeSegment {
  readonly #clock: FakeClock;
  readonly #machines: readonly Machine[];
  readonly sent: { readonly frame: Uint8Array; readonly at: number }[] = [];
  /** What the interface does with frames that are to be sent. */
  sending: Sending = 'sent';
  refusal: LinkRefusal | undefined;
  losses = { downs: 0, unread: 0 };
  openLinks = 0;
  opened = 0;
  #opening: LinkOpening | undefined;

  constructor(clock: FakeClock, machines: readonly Machine[] = []) {
    this.#clock = clock;
    this.#machines = machines;
  }

  openLink: OpenLink = async (opening) => {
    if (this.refusal !== undefined) {
      return this.refusal;
    }
    this.#opening = opening;
    this.openLinks += 1;
    this.opened += 1;
    return this.#link();
  };

  /** A frame on the wire; the filter decides whether it is heard. */
  say(frame: Uint8Array): void {
    const opening = this.#opening;
    if (opening !== undefined && this.openLinks > 0 && runFilter(opening.filter, { frame }) > 0) {
      opening.onFrame(frame);
    }
  }

  #link(): Link {
    let isOpen = true;
    return {
      mac: '02:00:5e:10:00:01',
      send: (frame) => {
        if (this.sending !== 'sent') {
          return this.sending;
        }
        this.sent.push({ frame: frame.slice(), at: this.#clock.elapsedMs() });
        for (const { frame: answer, afterMs } of this.#machines.flatMap((each) => each(frame))) {
          this.#clock.at(this.#clock.elapsedMs() + afterMs, () => this.say(answer));
        }
        return 'sent';
      },
      losses: () => this.losses,
      close: () => {
        this.openLinks -= isOpen ? 1 : 0;
        isOpen = false;
      },
    };
  }
}
