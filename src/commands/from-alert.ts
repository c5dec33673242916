import * as Flags from '@oclif/core/flags';
import { alertsMarkdown } from '../core/report/alerts/alerts-markdown.ts';
import { alertsText } from '../core/report/alerts/alerts-text.ts';
import { answersTo } from '../core/shell/alerts/alert-answers.ts';
import { alertsFrom } from '../core/shell/alerts/alert-payload.ts';
import { planFor } from '../core/shell/alerts/alert-plan.ts';
import { alertsReport } from '../core/shell/alerts/alerts-report.ts';
import { exitOfSignal } from '../core/shell/failure.ts';
import * as from from '../core/shell/flags/flags.ts';
import { refuseTwice } from '../core/shell/flags/stdin.ts';
import { requiredArgument } from '../core/shell/flags/typed-argument.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';

export default class FromAlert extends AnswerCommand {
  static override summary = "Look into MetalLB's alerts as Alertmanager sends or lists them.";
  static override usage = '<%= command.id %> FILE|- [flags]';
  static override description =
    'Reads a webhook payload or a list of alerts, and asks for each that fires what can be behind it. Alerts that it does ' +
    'not know are said, not guessed at. No label becomes a flag unless --cluster-label names it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> payload.json',
    'amtool alert query -o json alertname=~"MetalLB.*" | <%= config.bin %> <%= command.id %> -',
    '<%= config.bin %> <%= command.id %> payload.json --cluster-label cluster',
  ];
  static override args = {
    file: requiredArgument('file of alerts, - is stdin'),
  };
  static override baseFlags = { ...from.commonFlags, ...from.serverFlags, ...from.recordedFlags };
  static override flags = {
    output: from.outputFlag(['text', 'json', 'yaml', 'markdown']),
    'exit-warn': from.diagnosisFlags['exit-warn'],
    'cluster-label': Flags.string({
      description: 'label whose value is the kubeconfig context to ask',
      helpValue: 'LABEL',
      exclusive: ['from'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(FromAlert);
    this.aimAt(flags);
    refuseTwice([args.file, flags.from]);
    const { 'cluster-label': clusterLabel, 'exit-warn': warns, output } = flags;
    const plan = planFor(await alertsFrom(args.file, this.signal), clusterLabel);
    const [{ version }, command, stoppedBy] = [this.config, this.commandName, () => this.stoppedBy];
    const scene = { flags, version, command, warns, stoppedBy };
    const answers = await this.whileNarrating('reading the cluster', () =>
      answersTo(plan.groups, scene, this.signal),
    );
    const report = alertsReport({ plan, answers, clusterLabel, version, warns });
    const exitCode = this.stoppedBy === undefined ? report.exitCode : exitOfSignal(this.stoppedBy);
    const data = { ...report, exitCode };
    this.answer(data, undefined, {
      form: output,
      text: () => alertsText(data, this.plainCanvas(flags)),
      markdown: () => alertsMarkdown(data, this.plainCanvas(flags)),
    });
  }
}
