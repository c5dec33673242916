import { Command } from '@oclif/core/command';
import type { Interfaces } from '@oclif/core';
import { nearNames } from '../cluster/near-names.ts';
import type { ExitCode } from '../facts/exit.ts';
import type { Target } from '../facts/snapshot.ts';
import { aimedCommand, asItStands, type Aim } from '../report/aim.ts';
import { errorReportOf, failureText } from '../report/failure-text.ts';
import { jsonOf } from '../report/json.ts';
import type { Canvas } from '../report/style.ts';
import { yamlOf } from '../report/yaml.ts';
import { aimLike, aimOf } from './aim.ts';
import { failureOf } from './failure.ts';
import type { Failure, StoppedBy } from './failure.ts';
import { answerFormats, commonFlags } from './flags/flags.ts';
import { fittingAdvice } from './flags/fitting-advice.ts';
import { narratorFor } from './terminal/narrator.ts';
import { canvasFor } from './terminal/terminal.ts';
import type { Wishes } from './terminal/terminal.ts';
import { formatIn, hasWord, withHttpPath, withWaitTime } from './flags/words.ts';
import { refuseEmpty, refuseWithoutEffect } from './flags/without-effect.ts';
import type { SourceFlags } from './world.ts';

type Flagged = Interfaces.OutputFlags<Interfaces.FlagInput>;
type Named = Interfaces.OutputArgs<Interfaces.ArgInput>;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What all commands share: one stop signal, one way to fail, one place that sets the exit code. Only this
 * class and its children write to stdout.
 */
export abstract class TriageCommand extends Command {
  static override baseFlags = commonFlags;

  #stop = new AbortController();
  #stoppedBy: StoppedBy | undefined;
  /** Where told commands must go; set once the flags are understood. */
  #aim = asItStands;

  /** Aborted by Ctrl-C, SIGTERM and a terminal that closes; a second one of them ends the process at once. */
  protected get signal(): AbortSignal {
    return this.#stop.signal;
  }

  protected get stoppedBy(): StoppedBy | undefined {
    return this.#stoppedBy;
  }

  /** The command's name for reports. */
  protected get commandName(): string {
    return this.id ?? 'triage';
  }

  /** From here on told commands go to the cluster that these flags chose. */
  protected aimAt(flags: SourceFlags): void {
    refuseWithoutEffect(this.argv, flags.from !== undefined);
    this.#aim = aimOf(flags);
  }

  /** A recording brings the flags of the run that made it. */
  protected aimLike(target: Target): void {
    this.#aim = aimLike(target) ?? this.#aim;
  }

  protected get aim(): Aim {
    return this.#aim;
  }

  protected override async init(): Promise<void> {
    await super.init();
    this.argv = withHttpPath(withWaitTime(this.argv));
    process.stderr.on('error', ignoreClosedEnd);
    for (const signal of signals) {
      process.once(signal, this.#onSignal);
    }
  }

  /** What is wrong with the flags of every command alike. */
  protected override async parse<F extends Flagged, B extends Flagged, A extends Named>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const typed = argv ?? this.argv;
    const parsed = await super.parse(options, [...this.#ownForm(typed), ...typed]);
    this.argv = [...typed];
    refuseEmpty(this.argv, parsed.flags);
    return parsed;
  }

  #onSignal = (signal: NodeJS.Signals): void => {
    this.#stoppedBy = signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
    this.#stop.abort();
  };

  protected override async finally(): Promise<void> {
    process.stderr.removeListener('error', ignoreClosedEnd);
    for (const signal of signals) {
      process.removeListener(signal, this.#onSignal);
    }
  }

  protected override async catch(error: Error): Promise<void> {
    const failure = this.#aimed(this.#withFlagAdvice(failureOf(error, this.#stoppedBy), error));
    const about = { command: this.commandName, version: this.config.version };
    const format = this.#typedForm() ?? this.#formatFromEnvironment();
    if (format === 'json') {
      this.print(this.jsonDocument(errorReportOf(failure, about)));
    }
    if (format === 'yaml') {
      this.print(yamlOf(errorReportOf(failure, about)));
    }
    this.tell(failureText(failure, this.errorCanvas()));
    if (hasWord(this.argv, '--debug') || process.env['TRIAGE_DEBUG'] === 'true') {
      this.tell(`${failure.stack ?? ''}\n`);
    }
    this.exitWith(failure.exitCode);
  }

  /** A form that only other commands have says nothing to this one; a word that is no form at all is refused. */
  #ownForm(argv: readonly string[]): readonly string[] {
    const { output } = { ...this.ctor.baseFlags, ...this.ctor.flags };
    const wanted = this.#formatFromEnvironment();
    const isElsewhere = answerFormats.some((form) => form === wanted);
    return output?.type !== 'option' ||
      formatIn(argv) !== undefined ||
      !isElsewhere ||
      output.options?.includes(wanted ?? '') !== false
      ? []
      : [`--output=${String(output.default)}`];
  }

  /** What `-o` says, unless it names a file. */
  #typedForm(): string | undefined {
    const { output } = { ...this.ctor.baseFlags, ...this.ctor.flags };
    const isFile = output?.type === 'option' && output.options === undefined;
    return isFile ? undefined : formatIn(this.argv);
  }

  /** Not every command takes its form from there. */
  #formatFromEnvironment(): string | undefined {
    const { output } = { ...this.ctor.baseFlags, ...this.ctor.flags };
    return output?.env === undefined ? undefined : process.env[output.env];
  }

  /** One JSON document on stdout; over several lines, unless each line is one. */
  protected jsonDocument(data: object): string {
    return jsonOf(data);
  }

  #aimed(failure: Failure): Failure {
    const known = Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags });
    const fitting = fittingAdvice(failure.suggestions, known);
    const suggestions = fitting.map((each) => aimedCommand(each, this.#aim));
    return { ...failure, suggestions };
  }

  /** oclif names a wrong flag but not the right one. */
  #withFlagAdvice(failure: Failure, error: Error): Failure {
    if (!('parse' in error)) {
      return failure;
    }
    const known = Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags });
    const wrong = 'flags' in error && Array.isArray(error.flags) ? error.flags : [];
    const long = wrong.map(String).filter((flag) => flag.startsWith('--'));
    const near = long.flatMap((flag) => nearNames(flag.slice(2), known));
    const meant =
      near.length === 0 ? [] : [`did you mean ${near.map((name) => `--${name}`).join(', ')}?`];
    const help = `${this.config.bin} ${this.commandName} --help`;
    return { ...failure, suggestions: [...failure.suggestions, ...meant, help] };
  }

  /** Does slow work under a title; the spinner is gone before anything else is written. */
  protected async whileNarrating<T>(title: string, work: () => Promise<T>): Promise<T> {
    const narrator = narratorFor(process.stderr);
    narrator.phase(title);
    try {
      return await work();
    } finally {
      narrator.done();
    }
  }

  /** An answer that has no cluster in it, in the form that was asked for. */
  protected printAs(form: 'text' | 'json' | 'yaml', answer: PlainAnswer): void {
    switch (form) {
      case 'text':
        return this.print(answer.text);
      case 'json':
        return this.print(jsonOf(answer.data));
      case 'yaml':
        return this.print(yamlOf(answer.data));
    }
  }

  /** Data, to stdout. */
  protected print(text: string): void {
    process.stdout.write(text);
  }

  /** Everything that is not data, to stderr. */
  protected tell(text: string): void {
    process.stderr.write(text);
  }

  /** The one place where the exit code is set. */
  protected exitWith(code: ExitCode): void {
    process.exitCode = code;
  }

  protected canvas(wishes: Omit<Wishes, 'program'>): Canvas {
    return canvasFor(
      { stream: process.stdout, env: process.env },
      { ...wishes, program: this.config.bin },
    );
  }

  /** For commands whose answer has one level of detail. */
  protected plainCanvas(flags: {
    readonly color: Wishes['color'];
    readonly 'no-color': boolean;
    readonly verbose?: boolean;
  }): Canvas {
    const color = flags['no-color'] ? 'never' : flags.color;
    return this.canvas({ color, verbose: flags.verbose ?? false, wide: false });
  }

  /** For stderr, where the flags may not have been understood. */
  protected errorCanvas(): Canvas {
    const never = hasWord(this.argv, '--no-color') || hasWord(this.argv, '--color=never');
    return canvasFor(
      { stream: process.stderr, env: process.env },
      { color: never ? 'never' : 'auto', verbose: false, wide: false, program: this.config.bin },
    );
  }
}

/** The same answer for programs and for people. */
export interface PlainAnswer {
  readonly data: object;
  readonly text: string;
}

/** A reader that went away, and a terminal that was closed: what is under way is still brought to its end. */
function ignoreClosedEnd(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') {
    throw error;
  }
}
