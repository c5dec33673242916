import { Exit, type ExitCode } from '../core/facts/exit.ts';
import { doctorText, type Examination } from '../core/report/doctor-text.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import {
  aimed,
  examineCluster,
  examineFailure,
  examineHere,
  examineRecording,
} from '../core/shell/doctor.ts';
import { exitOfSignal, failureOf } from '../core/shell/failure.ts';
import { commonFlags, outputFlag, recordedFlags, serverFlags } from '../core/shell/flags/flags.ts';
import { everything } from '../core/shell/question/wanted.ts';
import { openWorld, type SourceFlags } from '../core/shell/world.ts';

export default class Doctor extends TriageCommand {
  static override summary = 'Say what works from where you stand, and how to mend the rest.';
  static override usage = '<%= command.id %> [flags]';
  static override description =
    'Looks at Node, the terminal, the kubeconfig, the server, MetalLB and every right in turn. Changes nothing.';
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --as oncall@example.org',
  ];
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = { output: outputFlag(['text', 'json', 'yaml']) };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const canvas = this.plainCanvas(flags);
    this.aimAt(flags);
    const cluster = await this.#cluster(flags);
    const examinations = aimed([...examineHere(canvas, this.config.version), ...cluster], this.aim);
    const exitCode = this.stoppedBy === undefined ? exitOf(cluster) : exitOfSignal(this.stoppedBy);
    this.printAs(flags.output, {
      data: { schemaVersion: 'triage.doctor/v1', exitCode, examinations },
      text: doctorText(examinations, canvas),
    });
    this.exitWith(exitCode);
  }

  async #cluster(flags: SourceFlags): Promise<readonly Examination[]> {
    try {
      const world = await openWorld(flags, this.config.version, this.signal);
      const read = () => world.gather({ ...everything, identity: true }, this.signal);
      const snapshot = await this.whileNarrating('reading the cluster', read);
      return flags.from === undefined ? examineCluster(snapshot) : examineRecording(snapshot);
    } catch (error) {
      return [examineFailure(failureOf(error, this.stoppedBy))];
    }
  }
}

function exitOf(examinations: readonly Examination[]): ExitCode {
  const failing = examinations.filter(({ state }) => state !== 'works');
  if (failing.some(({ topic }) => topic === 'kubeconfig' || topic === 'server')) {
    return Exit.usage;
  }
  return failing.length === 0 ? Exit.healthy : Exit.unknown;
}
