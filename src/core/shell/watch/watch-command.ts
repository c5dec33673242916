import { factsFor } from '../../../checks/facts-for.ts';
import type { Suppression } from '../../diagnosis/suppress.ts';
import { UsageError } from '../../facts/errors.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import { keyOf } from '../../facts/object-ref.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { watchSchemaVersion, type WatchLine } from '../../facts/transitions.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { bannerOf, noteText } from '../../report/banner.ts';
import { jsonText } from '../../report/json.ts';
import { watchText } from '../../report/watch-text.ts';
import { TriageCommand } from '../base-command.ts';
import { chosenChecks } from '../catalogue/catalogue.ts';
import { isPartial, type DiagnosisFlags } from '../diagnosis-command.ts';
import { exitOfSignal } from '../failure.ts';
import { theService, type WantedService } from '../question/service-argument.ts';
import { lapsedNotices, readSuppressions } from '../suppressions.ts';
import { tellTransitions, type Sought } from './watch.ts';
import { openWatch, type SourceFlags } from '../world.ts';

/** The flags of a watching command, as parsed. */
export interface WatchFlags
  extends
    SourceFlags,
    Pick<DiagnosisFlags, 'color' | 'no-color' | 'only' | 'skip' | 'suppressions'> {
  readonly output: 'text' | 'json';
}

/** Commands that go on until somebody stops them, or nobody listens any more. */
export abstract class WatchCommand extends TriageCommand {
  #hasStarted = false;
  #hasBanner = false;
  readonly #lapsed = new Set<string>();
  #closed = new AbortController();

  /** Prints what is, then what becomes different. */
  protected async watch(service: WantedService | undefined, flags: WatchFlags): Promise<void> {
    this.aimAt(flags);
    const symptom = service === undefined ? 'health' : 'pending';
    const { suppressions: path } = flags;
    const checks = chosenChecks(flags);
    const world = await openWatch(flags, this.config.version);
    const suppressions = path === undefined ? [] : await readSuppressions(path);
    const stop = AbortSignal.any([this.signal, this.#closed.signal]);
    const onClosed = () => this.#closed.abort();
    process.stdout.on('error', onClosed);
    try {
      const observations = world.watch(factsFor(symptom, service, checks), stop);
      const exitCode = await tellTransitions(observations, {
        symptom,
        checks,
        suppressions,
        isPart: isPartial(flags),
        aim: this.aim,
        service: service && nameOf(service),
        subjectIn: (snapshot) => this.#sought(service, snapshot),
        looks: (snapshot) => this.#looks(snapshot, suppressions, flags),
        print: (line, at) => this.#printLine(line, { at, flags }),
        now: () => new Date(),
        stopped: () => this.#stopped(),
      });
      this.exitWith(exitCode);
    } finally {
      process.stdout.removeListener('error', onClosed);
    }
  }

  protected override jsonDocument(data: object): string {
    return `${jsonText(data)}\n`;
  }

  #stopped(): ExitCode | undefined {
    if (this.stoppedBy !== undefined) {
      return exitOfSignal(this.stoppedBy);
    }
    return this.#closed.signal.aborted ? Exit.healthy : undefined;
  }

  /** A name that was never there is a mistake; one that was and is not is news. */
  #sought(wanted: WantedService | undefined, { readings }: Snapshot): Sought {
    if (wanted === undefined) {
      return { kind: 'there', service: undefined };
    }
    try {
      const service = theService(
        wanted,
        readings.services,
        (key) => `triage watch ${shellWord(key)}`,
      );
      this.#hasStarted = true;
      return { kind: 'there', service };
    } catch (error) {
      if (!(error instanceof UsageError) || !this.#hasStarted) {
        throw error;
      }
      return { kind: 'gone' };
    }
  }

  #looks(snapshot: Snapshot, suppressions: readonly Suppression[], { output }: WatchFlags): void {
    if (output === 'text' && !this.#hasBanner) {
      this.tell(`${bannerOf(snapshot, this.errorCanvas())}\n`);
    }
    this.#hasBanner = true;
    // a watch may outlive the last day of a suppression
    const lapsed = lapsedNotices(suppressions, snapshot.takenAt);
    for (const notice of lapsed.filter((each) => !this.#lapsed.has(each))) {
      this.#lapsed.add(notice);
      this.tell(noteText(notice, this.errorCanvas()));
    }
  }

  #printLine(
    line: WatchLine,
    { at, flags }: { readonly at: string; readonly flags: WatchFlags },
  ): void {
    this.print(
      flags.output === 'json'
        ? this.jsonDocument({ schemaVersion: watchSchemaVersion, at, ...line })
        : watchText(line, at, this.plainCanvas(flags)),
    );
  }
}

function nameOf({ namespace, name }: WantedService): string {
  return namespace === undefined ? name : keyOf({ namespace, name });
}
