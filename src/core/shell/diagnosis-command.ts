import { setTimeout as sleep } from 'node:timers/promises';
import { seenAt } from '../../checks/answer/one-address.ts';
import { factsFor } from '../../checks/facts-for.ts';
import type { Check } from '../diagnosis/check.ts';
import { asSeenBy } from '../diagnosis/installation-for.ts';
import { suppressionsInForce, type Suppression } from '../diagnosis/suppress.ts';
import { Exit, type ExitCode } from '../facts/exit.ts';
import type { Diagnosis } from '../facts/finding.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { ClusterReader } from '../facts/ports.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { aimedCommand } from '../report/aim.ts';
import { assembleReport } from '../report/assemble.ts';
import { bannerOf, noteText } from '../report/banner.ts';
import { visible } from '../report/escape.ts';
import { failureText } from '../report/failure-text.ts';
import { calledAs } from '../report/layout.ts';
import { printed } from '../report/print-form.ts';
import { TriageCommand } from './base-command.ts';
import { chosenChecks } from './catalogue/catalogue.ts';
import { diagnosed } from './diagnosed.ts';
import { exitOfSignal, failureOf, type StoppedBy } from './failure.ts';
import {
  commonFlags,
  diagnosisFlags,
  recordedFlags,
  serverFlags,
  type AnswerFormat,
} from './flags/flags.ts';
import type { ServiceQuestion, WantedService } from './question/service-argument.ts';
import { serviceQuestion } from './question/service-question.ts';
import { toReadAgain, withBothCosts } from './terminal/read-again.ts';
import type { Question } from './question/question.ts';
import { recordTo, type RecordFlags } from './recording.ts';
import { idleNotices, lapsedNotices, misnamedIn, readSuppressions } from './suppressions.ts';
import { lookUntil } from './terminal/wait.ts';
import { namespaceNotice } from './flags/without-effect.ts';
import { openWorld, type SourceFlags } from './world.ts';

/** The flags of a diagnosing command, as parsed. */
export interface DiagnosisFlags extends SourceFlags, RecordFlags {
  readonly output: AnswerFormat;
  readonly color: 'auto' | 'always' | 'never';
  readonly 'no-color': boolean;
  readonly verbose: boolean;
  readonly record?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly 'exit-warn': boolean;
  readonly wait?: number | undefined;
  readonly suppressions?: string | undefined;
}

interface Asked extends Question {
  readonly checks: readonly Check[];
  readonly suppressions: readonly Suppression[];
}

interface Look {
  /** The installation that serves the subject comes first. */
  readonly snapshot: Snapshot;
  /** The same without what only this run has to say of it. */
  readonly recordable: Snapshot;
  readonly subject: Service | undefined;
  readonly diagnosis: Diagnosis;
}

const pollMs = 2_000;
/** While waiting, what stays as it is is told this often only. */
const repeatMs = 30_000;

/** Commands that read a cluster, diagnose and conclude. */
export abstract class DiagnosisCommand extends TriageCommand {
  static override baseFlags = {
    ...commonFlags,
    ...serverFlags,
    ...recordedFlags,
    ...diagnosisFlags,
  };

  #hasBanner = false;
  #told = { line: '', at: 0 };
  /** Found by a first reading; --wait reads for it at once. */
  #chosen: WantedService | undefined;

  /** Reads, diagnoses and prints; with `--wait` again and again until all is well. */
  protected async answer(question: Question, flags: DiagnosisFlags): Promise<void> {
    this.aimAt(flags);
    const { suppressions: path } = flags;
    const suppressions = path === undefined ? [] : await readSuppressions(path);
    const asked = { ...question, checks: chosenChecks(flags), suppressions };
    const world = await openWorld(flags, this.config.version, this.signal);
    const look = await lookUntil({
      look: () => this.#look(world, asked, flags),
      isDone: isEnough,
      told: ({ diagnosis }) => this.#tellWaiting(diagnosis.headline),
      missed: ({ message }) => this.#tellWaiting(`${message}; looking again`),
      forMs: flags.wait ?? 0,
      everyMs: pollMs,
      now: Date.now,
      sleep: (ms) => sleep(ms, undefined, { signal: this.signal }).catch(() => {}),
      isStopped: () => this.signal.aborted,
    });
    // a question about one Service matches few of them
    const isWhole = question.symptom === 'health' && !isPartial(flags);
    const inForce = suppressionsInForce(suppressions, look.snapshot.takenAt);
    const sought = isWhole ? inForce : misnamedIn(inForce, look.diagnosis, look.snapshot);
    const idle = idleNotices(sought, look.diagnosis);
    idle.forEach((line) => this.tell(noteText(line, this.errorCanvas())));
    await this.#conclude(look, flags);
  }

  /** A question about the Service that was named, or that the person chooses. */
  protected questionAbout(command: ServiceQuestion, named: WantedService | undefined): Question {
    const tell = (told: string) =>
      this.tell(`${visible(calledAs(this.config.bin, aimedCommand(told, this.aim)))}\n\n`);
    return serviceQuestion(named, { command, tell, signal: this.signal });
  }

  #tellWaiting(line: string): void {
    if (line !== this.#told.line || Date.now() - this.#told.at >= repeatMs) {
      this.tell(`${visible(line)}\n`);
      this.#told = { line, at: Date.now() };
    }
  }

  async #look(world: ClusterReader, asked: Asked, flags: DiagnosisFlags): Promise<Look> {
    const { gathered: read, said, subject } = await this.#readFor(world, asked, flags);
    const seen = seenAt(asked.address, subject);
    const looked = seen && (await asked.looksAt?.(asSeenBy(read, seen), seen));
    const { looks: wire, untaken: untakenLooks = [] } = looked ?? {};
    const gathered = wire === undefined ? read : { ...read, wire };
    const notices = [...(gathered.notices ?? []), ...said, ...untakenLooks];
    const snapshot = { ...gathered, notices, untakenLooks };
    const matter = { ...asked, snapshot, subject };
    const diagnosis = diagnosed(matter, { aim: this.aim, isPart: isPartial(flags) });
    const recordable = asSeenBy(gathered, subject);
    return { snapshot: asSeenBy(snapshot, subject), recordable, subject, diagnosis };
  }

  /** What is needed of the cluster, and the Service in it; the person sees where it is from before choosing. */
  async #readFor(world: ClusterReader, asked: Asked, flags: DiagnosisFlags) {
    const { symptom, checks, suppressions } = asked;
    const named = this.#chosen ?? asked.service;
    const read = (service: WantedService | undefined) =>
      this.whileNarrating('reading the cluster', () =>
        world.gather(factsFor(symptom, service, checks), this.signal),
      );
    const first = await read(named);
    const said = [
      ...(symptom === 'health' ? namespaceNotice(this.argv) : []),
      ...lapsedNotices(suppressions, first.takenAt),
    ];
    this.aimLike(first.target);
    this.#showBanner({ ...first, notices: [...(first.notices ?? []), ...said] }, flags);
    const subject = await asked.subjectIn(first);
    const chosen = symptom === 'no-traffic' ? toReadAgain(named, subject, first) : undefined;
    if (chosen === undefined) {
      return { gathered: first, said, subject };
    }
    this.#chosen = chosen;
    const gathered = withBothCosts(await read(chosen), first);
    return { gathered, said, subject: await asked.subjectIn(gathered) };
  }

  #showBanner(snapshot: Snapshot, { output }: DiagnosisFlags): void {
    const isText = output === 'text' || output === 'wide';
    if (isText && !this.#hasBanner) {
      this.tell(`${bannerOf(snapshot, this.errorCanvas())}\n`);
    }
    this.#hasBanner = true;
  }

  async #conclude({ snapshot, recordable, diagnosis }: Look, flags: DiagnosisFlags): Promise<void> {
    const unwritten = await this.#record(recordable, flags);
    const isLost = unwritten !== undefined && this.stoppedBy === undefined;
    const exitCode = isLost ? Exit.usage : exitFor(diagnosis, flags, this.stoppedBy);
    const { version } = this.config;
    const report = assembleReport({
      command: this.commandName,
      version,
      snapshot,
      diagnosis,
      exitCode,
    });
    const canvas = this.canvas({
      color: flags['no-color'] ? 'never' : flags.color,
      verbose: flags.verbose,
      wide: flags.output === 'wide',
    });
    this.print(printed(report, flags.output, canvas));
    this.tell(unwritten ?? '');
    this.exitWith(exitCode);
  }

  /** Why the recording could not be written, if so: it is told, and never costs the answer. */
  async #record(snapshot: Snapshot, flags: DiagnosisFlags): Promise<string | undefined> {
    const { record } = flags;
    try {
      const said = record === undefined ? [] : await recordTo(record, snapshot, flags);
      said.forEach((line) => this.tell(`${visible(line)}\n`));
      return undefined;
    } catch (error) {
      return failureText(failureOf(error, undefined), this.errorCanvas());
    }
  }
}

/** What is waited for: the address of the Service, whoever contests it, a way for its traffic, or a MetalLB in which nothing fails. */
export function isEnough({ diagnosis, subject }: Pick<Look, 'diagnosis' | 'subject'>): boolean {
  const { symptom, outcome, suppressed } = diagnosis;
  const hasAddress = (subject?.status.ingress.length ?? 0) > 0;
  // a pending Service whose cause is suppressed is no news, and still waits
  const isWell = outcome === 'healthy' && (symptom === 'health' || suppressed.length === 0);
  return isWell || (symptom === 'pending' ? hasAddress : outcome === 'warnings');
}

/** Whether the person chose among the checks. */
export function isPartial({ only, skip }: Pick<DiagnosisFlags, 'only' | 'skip'>): boolean {
  return only !== undefined || skip !== undefined;
}

/** The exit code of an answer, from the one table; a signal outweighs what was found. */
export function exitFor(
  { outcome }: Diagnosis,
  flags: Pick<DiagnosisFlags, 'exit-warn'>,
  stoppedBy: StoppedBy | undefined,
): ExitCode {
  if (stoppedBy !== undefined) {
    return exitOfSignal(stoppedBy);
  }
  switch (outcome) {
    case 'healthy':
      return Exit.healthy;
    case 'warnings':
      return flags['exit-warn'] ? Exit.warnings : Exit.healthy;
    case 'problem':
      return Exit.problem;
    case 'unknown':
      return Exit.unknown;
  }
}
