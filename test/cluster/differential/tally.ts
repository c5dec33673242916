import type { LiveCourse } from './live-course.ts';
import type { LiveStep } from './live-step.ts';

/** What was run so far. */
export class Tally {
  #courses = 0;
  /** Steps in which something really changed. */
  #steps = 0;
  #tries = 0;
  #judged = 0;
  #late = 0;
  #open = 0;
  readonly #seen = new Map<string, number>();

  get steps(): number {
    return this.#steps;
  }

  /** Steps that were given up, because too many courses of ours were possible. */
  get open(): number {
    return this.#open;
  }

  leaveOpen(): void {
    this.#open += 1;
  }

  beginCourse(): void {
    this.#courses += 1;
  }

  count({ step, outcome }: LiveStep, how: { isLate: boolean; tries: number }): void {
    const changes = (step.objects?.length ?? 0) + (step.delete?.length ?? 0);
    this.#steps += step.op === 'apply' && changes === 0 ? 0 : 1;
    this.#tries += how.tries;
    this.#late += how.isLate ? 1 : 0;
    this.#judged += Object.keys(outcome.admission ?? {}).length;
    const events = Object.values({ ...outcome.events, ...outcome.maybeEvents }).flat();
    const happened = new Set([
      step.op,
      ...(changes > 1 && step.op === 'apply' ? ['several writes at once'] : []),
      ...(outcome.config === undefined ? [] : [`configuration ${outcome.config.result}`]),
      ...Object.values(outcome.admission ?? {}).map(({ allowed }) =>
        allowed ? 'pool admitted' : 'pool refused',
      ),
      ...events.map(({ reason }) => reason),
      ...(outcome.unsettled === true ? ['never at rest'] : []),
      ...(hasShared(outcome) ? ['address shared'] : []),
    ]);
    for (const what of happened) {
      this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
    }
  }

  /** A few lines for whoever reads the log of a run. */
  summary(live: LiveCourse): string {
    const seen = [...this.#seen].sort(([left], [right]) => (left < right ? -1 : 1));
    const refusals = [...live.refusals.values()].length;
    return [
      `${this.#steps} steps in ${this.#courses} courses agree, ${this.#tries} courses of ours tried`,
      `${live.writes} writes, ${live.refused} refused by the API server for ${refusals} reasons`,
      `${this.#judged} pools put to the real webhook, ${this.#late} steps looked at twice, ${this.#open} given up`,
      `steps with: ${seen.map(([what, times]) => `${what} ${times}`).join(', ')}`,
    ].join('\n');
  }
}

function hasShared({ services = {} }: LiveStep['outcome']): boolean {
  const addresses = Object.values(services).flatMap(({ ips = [] }) => ips);
  return new Set(addresses).size < addresses.length;
}
