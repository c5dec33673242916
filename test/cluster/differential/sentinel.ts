import type { ApiClient } from '../../testbed/api-client.ts';
import { eventually, GivenUp } from '../../testbed/waiting.ts';
import type { LogTail, LogLine } from './controller-log.ts';
import { textOf } from './controller-log.ts';
import { ControllerState } from './controller-state.ts';
import type { Work } from './controller-state.ts';
import { flappingIn, sentinelNamespace } from './said.ts';

const sentinelPath = `/api/v1/namespaces/${sentinelNamespace}/services`;
const sentinelWork: Work = `ServiceReconciler ${sentinelNamespace}/sentinel`;
const requestAnnotation = 'metallb.io/loadBalancerIPs';

/**
 * Tells when the controller has come to rest.
 *
 * A Service that asks for an impossible address, the sentinel, is written; the controller looks at it, says so in
 * its log, and changes nothing. Services come to the controller over one watch in the order of their writes, wait in
 * one queue that is worked off in order by one worker, and are written back synchronously. So when the sentinel has
 * been looked at, everything written to any Service before it, by us or by the controller itself, has been looked at
 * too. If between two such looks nothing else was begun, nothing is open, no error waits for its next try, and no
 * look at all Services is due, then the queue holds nothing and nobody is left to write. Pools and namespaces come
 * over watches of their own: each written one is awaited by its name in the log beforehand. Work handed over inside
 * the process (a reload, a pool's counters) takes microseconds, a round milliseconds; two quiet rounds are asked for.
 * Events are told by one goroutine in order; the sentinel's own, coming last, shows that all others are out. Without
 * a configuration it has none; then the two rounds are what there is.
 *
 * What is left to chance is caught by its consequence: a course that disagrees is looked at again a little later.
 */
export class Sentinel {
  readonly #api: ApiClient;
  readonly #tail: LogTail;
  #state = new ControllerState();
  #lines: LogLine[] = [];
  #tick = 0;

  constructor(api: ApiClient, tail: LogTail) {
    this.#api = api;
    this.#tail = tail;
  }

  /** Puts the sentinel where it is looked at. */
  async place(): Promise<void> {
    await this.#api.create(sentinelPath, {
      metadata: { name: 'sentinel', annotations: { [requestAnnotation]: 'tick-0' } },
      spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 1 }] },
    });
  }

  /** A new run of the controller knows nothing of the last one. */
  forget(): void {
    this.#tail.read();
    this.#lines = [];
    this.#state = new ControllerState();
  }

  /** What is said from now on belongs to the next step. */
  begin(): void {
    this.#take();
    this.#lines = [];
  }

  /** How often each work was begun in this run of the controller. */
  get begun(): ReadonlyMap<Work, number> {
    return this.#state.begun;
  }

  /** Waits for each of these to be begun oftener than it was, then for rest; false when it never comes. */
  async rest(awaited: ReadonlyMap<Work, number>): Promise<boolean> {
    await this.#until(`the controller to look at ${[...awaited.keys()].join(', ')}`, () =>
      [...awaited].every(([work, before]) => (this.#state.begun.get(work) ?? 0) > before),
    );
    let quiet = 0;
    while (quiet < quietRounds) {
      const before = this.#others();
      await this.#round();
      quiet = this.#others() === before && this.#state.isIdle ? quiet + 1 : 0;
      if (Object.keys(flappingIn(this.#lines)).length > 0) {
        return false;
      }
    }
    return true;
  }

  /** All that was said in this step. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  async #round(): Promise<void> {
    this.#tick += 1;
    const text = `tick-${this.#tick}`;
    const before = this.#state.ended.get(sentinelWork) ?? 0;
    await this.#api.patch(`${sentinelPath}/sentinel`, {
      metadata: { annotations: { [requestAnnotation]: text } },
    });
    await this.#until('the sentinel to be looked at', () => {
      const mine = this.#lines.filter((line) => saysOf(line, text));
      const failed = mine.filter(({ op }) => op === 'allocateIPs').length;
      const told = mine.filter(({ logger }) => logger === 'events').length;
      return (this.#state.ended.get(sentinelWork) ?? 0) > before && told >= failed;
    });
  }

  #others(): number {
    let sum = 0;
    for (const [work, times] of this.#state.begun) {
      sum += work === sentinelWork ? 0 : times;
    }
    return sum;
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    await eventually(
      what,
      async () => {
        this.#take();
        const panic = this.#lines.find((line) => textOf(line, 'text').startsWith('panic: '));
        if (panic !== undefined) {
          throw new GivenUp(`the controller died: ${textOf(panic, 'text')}`);
        }
        return holds() ? true : undefined;
      },
      { everyMs: 3 },
    );
  }

  #take(): void {
    for (const line of this.#tail.read()) {
      this.#lines.push(line);
      this.#state.take(line);
    }
  }
}

const quietRounds = 2;

function saysOf(line: LogLine, text: string): boolean {
  return textOf(line, 'msg').includes(`"${text}"`) || textOf(line, 'error').includes(`"${text}"`);
}
