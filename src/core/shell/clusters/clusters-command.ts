import { factsFor } from '../../../checks/facts-for.ts';
import { createGate } from '../../cluster/live/gate.ts';
import type { Check } from '../../diagnosis/check.ts';
import {
  footprintOf,
  sameClusters,
  sharedRanges,
  type Footprint,
} from '../../diagnosis/ranges-in-two-clusters.ts';
import type { Suppression } from '../../diagnosis/suppress.ts';
import { OutsideError, UsageError } from '../../facts/errors.ts';
import { reportsSchemaVersion, type ClusterAnswer, type Reports } from '../../facts/reports.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { aimedCommand } from '../../report/aim.ts';
import { assembleReport } from '../../report/assemble.ts';
import { printedForAll } from '../../report/clusters/clusters-print.ts';
import { visible } from '../../report/escape.ts';
import { errorReportOf, failureText } from '../../report/failure-text.ts';
import { aimLike, aimOf } from '../aim.ts';
import { chosenChecks } from '../catalogue/catalogue.ts';
import { diagnosed } from '../diagnosed.ts';
import { DiagnosisCommand, exitFor, isPartial, type DiagnosisFlags } from '../diagnosis-command.ts';
import { exitOfSignal, failureOf } from '../failure.ts';
import { checkedPattern, recordPaths, type Place, type Places, type Way } from './places.ts';
import { lapsedNotices, readSuppressions } from '../suppressions.ts';
import { namespaceNotice } from '../flags/without-effect.ts';
import { recordTo, type RecordFlags } from '../recording.ts';
import { openWorld, type SourceFlags } from '../world.ts';
import { exitOfAll, resultOfAll } from './worst.ts';

type FlagsForAll = Omit<DiagnosisFlags, keyof SourceFlags>;
type Several = Extract<Places, { readonly kind: 'several' }>;

interface AskedOfAll {
  readonly checks: readonly Check[];
  readonly suppressions: readonly Suppression[];
  readonly flags: FlagsForAll;
  readonly recordAt: ReadonlyMap<string, string>;
}

interface Seen extends ClusterAnswer {
  readonly footprint: Footprint | undefined;
  /** Why its recording could not be written, if so. */
  readonly unwritten: string | undefined;
}

/** Clusters that are read at a time: each costs its own server the same, whatever their number. */
const clustersAtOnce = 4;

/** Commands that can also ask several clusters at once, each as if it were the only one. */
export abstract class ClustersCommand extends DiagnosisCommand {
  /** Asks each cluster for its health; one that cannot be read hides none of the others. */
  protected async answerForAll({ places, notices }: Several, flags: FlagsForAll): Promise<void> {
    const { suppressions: path, record, wait } = flags;
    if (wait !== undefined) {
      throw new UsageError('--wait waits for one cluster; leave it out, or name one');
    }
    if (flags['share-names'] !== undefined) {
      throw new UsageError('--share-names is for one recording: record the clusters one by one');
    }
    const names = places.flatMap(({ ways }) => ways.map(({ name }) => name));
    const asked: AskedOfAll = {
      checks: chosenChecks(flags),
      suppressions: path === undefined ? [] : await readSuppressions(path),
      flags,
      recordAt: record === undefined ? new Map() : recordPaths(checkedPattern(record), names),
    };
    const gate = createGate(clustersAtOnce);
    const seen = await this.whileNarrating(`reading ${places.length} clusters`, () =>
      Promise.all(places.map((place) => gate(() => this.#lookAt(place, asked)))),
    );
    this.#concludeAll(seen, notices, flags);
  }

  /** The first way that leads to the cluster; the failure of the first when none does. */
  async #lookAt({ ways }: Place, asked: AskedOfAll): Promise<Seen> {
    const alsoCalled = (name: string) =>
      ways.map((way) => way.name).filter((each) => each !== name);
    const errors: unknown[] = [];
    for (const way of ways) {
      try {
        return { ...(await this.#seenBy(way, asked)), alsoCalled: alsoCalled(way.name) };
      } catch (error) {
        errors.push(error);
      }
    }
    const [way = { name: '', flags: {} }] = ways;
    return { ...this.#unseen(way, errors[0]), alsoCalled: alsoCalled(way.name) };
  }

  async #seenBy({ name, flags }: Way, asked: AskedOfAll): Promise<Omit<Seen, 'alsoCalled'>> {
    if (this.signal.aborted) {
      throw new OutsideError('stopped before it was read');
    }
    const world = await openWorld(flags, this.config.version, this.signal);
    const gathered = await world.gather(factsFor('health', undefined, asked.checks), this.signal);
    const { checks, suppressions } = asked;
    const lapsed = lapsedNotices(suppressions, gathered.takenAt);
    const said = [...(gathered.notices ?? []), ...namespaceNotice(this.argv), ...lapsed];
    const snapshot: Snapshot = { ...gathered, notices: said };
    const aim = aimLike(snapshot.target) ?? aimOf(flags);
    const diagnosis = diagnosed(
      { symptom: 'health', snapshot, subject: undefined, checks, suppressions },
      { aim, isPart: isPartial(asked.flags) },
    );
    return {
      cluster: name,
      report: assembleReport({
        command: this.commandName,
        version: this.config.version,
        snapshot,
        diagnosis,
        exitCode: exitFor(diagnosis, asked.flags, this.stoppedBy),
      }),
      footprint: footprintOf(name, snapshot),
      unwritten: await this.#recorded(asked.recordAt.get(name), gathered, asked.flags),
    };
  }

  #unseen({ name, flags }: Way, error: unknown): Omit<Seen, 'alsoCalled'> {
    const failure = failureOf(error, this.stoppedBy);
    const aim = aimOf(flags);
    const suggestions = failure.suggestions.map((each) => aimedCommand(each, aim));
    const about = { command: this.commandName, version: this.config.version };
    const report = errorReportOf({ ...failure, suggestions }, about);
    return { cluster: name, report, footprint: undefined, unwritten: undefined };
  }

  async #recorded(
    path: string | undefined,
    snapshot: Snapshot,
    { share }: RecordFlags,
  ): Promise<string | undefined> {
    try {
      const said = path === undefined ? [] : await recordTo(path, snapshot, { share });
      said.forEach((line) => this.tell(`${visible(line)}\n`));
      return undefined;
    } catch (error) {
      return failureText(failureOf(error, undefined), this.errorCanvas());
    }
  }

  #concludeAll(seen: readonly Seen[], notices: readonly string[], flags: FlagsForAll): void {
    const footprints = seen.flatMap(({ footprint }) => footprint ?? []);
    const shared = sharedRanges(footprints);
    const answers = seen.map(({ cluster, alsoCalled, report }) => ({
      cluster,
      alsoCalled,
      report,
    }));
    const result = resultOfAll(
      answers.map(({ report }) => report),
      { warnsBesides: shared.some(({ severity }) => severity !== 'info') },
    );
    const isRecorded = seen.every(({ unwritten }) => unwritten === undefined);
    const found = exitOfAll(result, { warns: flags['exit-warn'], isRecorded });
    const reports: Reports = {
      schemaVersion: reportsSchemaVersion,
      tool: { name: 'triage', version: this.config.version },
      command: this.commandName,
      result,
      exitCode: this.stoppedBy === undefined ? found : exitOfSignal(this.stoppedBy),
      clusters: answers,
      sharedRanges: shared,
      notices: [...notices, ...twins(footprints), ...uncompared(footprints)],
    };
    const canvas = this.canvas({
      color: flags['no-color'] ? 'never' : flags.color,
      verbose: flags.verbose,
      wide: flags.output === 'wide',
    });
    this.print(printedForAll(reports, flags.output, { canvas, worstLast: process.stdout.isTTY }));
    seen.forEach(({ unwritten }) => this.tell(unwritten ?? ''));
    this.exitWith(reports.exitCode);
  }
}

function twins(footprints: readonly Footprint[]): readonly string[] {
  return sameClusters(footprints).map(
    ([first, again]) => `${first} and ${again} are one cluster: their ranges are not compared`,
  );
}

function uncompared(footprints: readonly Footprint[]): readonly string[] {
  return footprints.length < 2
    ? []
    : footprints
        .filter(({ pools }) => pools === undefined)
        .map(({ cluster }) => `the pools of ${cluster} could not be read, so not compared either`);
}
