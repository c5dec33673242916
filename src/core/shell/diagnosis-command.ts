import { setTimeout as sleep } from 'node:timers/promises';
import { diagnose } from '../../checks/diagnose.ts';
import { factsFor } from '../../checks/facts-for.ts';
import type { Check } from '../diagnosis/check.ts';
import { Exit, type ExitCode } from '../facts/exit.ts';
import type { Diagnosis, Symptom } from '../facts/finding.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { ClusterReader } from '../facts/ports.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { aimedAt } from '../report/aim.ts';
import { assembleReport } from '../report/assemble.ts';
import { bannerOf } from '../report/banner.ts';
import { visible } from '../report/escape.ts';
import { failureText } from '../report/failure-text.ts';
import { printed } from '../report/print-form.ts';
import { TriageCommand } from './base-command.ts';
import { chosenChecks } from './catalogue.ts';
import { exitOfSignal, failureOf, type StoppedBy } from './failure.ts';
import {
  commonFlags,
  diagnosisFlags,
  recordedFlags,
  serverFlags,
  type AnswerFormat,
} from './flags.ts';
import type { WantedService } from './service-argument.ts';
import { openWorld, recordTo, type SourceFlags } from './world.ts';

/** The flags of a diagnosing command, as parsed. */
export interface DiagnosisFlags extends SourceFlags {
  readonly output: AnswerFormat;
  readonly color: 'auto' | 'always' | 'never';
  readonly 'no-color': boolean;
  readonly verbose: boolean;
  readonly record?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly 'exit-warn': boolean;
  readonly wait?: number | undefined;
}

/** What is asked of the cluster. */
export interface Question {
  readonly symptom: Symptom;
  readonly service: WantedService | undefined;
  /** Finds the Service in what was read; undefined when the question is about the whole cluster. */
  readonly subjectIn: (snapshot: Snapshot) => Promise<Service | undefined>;
}

interface Asked extends Question {
  readonly checks: readonly Check[];
}

interface Look {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
}

const pollMs = 2_000;

/** Commands that read a cluster, diagnose and conclude. */
export abstract class DiagnosisCommand extends TriageCommand {
  static override baseFlags = {
    ...commonFlags,
    ...serverFlags,
    ...recordedFlags,
    ...diagnosisFlags,
  };

  #hasBanner = false;

  /** Reads, diagnoses and prints; with `--wait` again and again until all is well. */
  protected async answer(question: Question, flags: DiagnosisFlags): Promise<void> {
    this.aimAt(flags);
    const asked = { ...question, checks: chosenChecks(flags) };
    const world = await openWorld(flags, this.config.version);
    const deadline = Date.now() + (flags.wait ?? 0);
    let look = await this.#look(world, asked, flags);
    while (!isWell(look.diagnosis) && Date.now() + pollMs < deadline) {
      this.tell(`${visible(look.diagnosis.headline)}\n`);
      await sleep(pollMs, undefined, { signal: this.signal }).catch(() => {});
      if (this.signal.aborted) {
        break;
      }
      look = await this.#look(world, asked, flags);
    }
    await this.#conclude(look, flags);
  }

  async #look(world: ClusterReader, asked: Asked, flags: DiagnosisFlags): Promise<Look> {
    const { symptom, service, checks } = asked;
    const wanted = factsFor(symptom, service, checks);
    const snapshot = await this.whileNarrating('reading the cluster', () =>
      world.gather(wanted, this.signal),
    );
    this.#showBanner(snapshot, flags);
    const subject = await asked.subjectIn(snapshot);
    const diagnosis = diagnose({ symptom, snapshot, subject, checks });
    return { snapshot, diagnosis: aimedAt(diagnosis, this.aim) };
  }

  #showBanner(snapshot: Snapshot, { output }: DiagnosisFlags): void {
    const isText = output === 'text' || output === 'wide';
    if (isText && !this.#hasBanner) {
      this.tell(`${bannerOf(snapshot, this.errorCanvas())}\n`);
    }
    this.#hasBanner = true;
  }

  async #conclude({ snapshot, diagnosis }: Look, flags: DiagnosisFlags): Promise<void> {
    const isRecorded = await this.#record(snapshot, flags);
    const found = exitFor(diagnosis, flags, this.stoppedBy);
    const exitCode = found === Exit.healthy && !isRecorded ? Exit.usage : found;
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
    this.exitWith(exitCode);
  }

  /** A recording that cannot be written is told, and never costs the answer. */
  async #record(snapshot: Snapshot, { record }: DiagnosisFlags): Promise<boolean> {
    try {
      await (record === undefined ? undefined : recordTo(record, snapshot));
      return true;
    } catch (error) {
      this.tell(failureText(failureOf(error, undefined), this.errorCanvas()));
      return false;
    }
  }
}

/** What is waited for: the address of the Service, or a MetalLB in which nothing fails. */
function isWell({ symptom, outcome }: Diagnosis): boolean {
  return outcome === 'healthy' || (symptom === 'health' && outcome === 'warnings');
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
