import { whatIfMarkdown } from '../core/report/answers/what-if-markdown.ts';
import { whatIfText } from '../core/report/answers/what-if-text.ts';
import { commonFlags, outputFlag, recordedFlags, serverFlags } from '../core/shell/flags/flags.ts';
import { wantedService } from '../core/shell/question/service-argument.ts';
import { foresee, readForForecast, whatIfReport } from '../core/shell/answers/what-if.ts';
import { wishFlags } from '../core/shell/answers/wish-flags.ts';
import { openWorld } from '../core/shell/world.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';
import { requiredArgument } from '../core/shell/flags/typed-argument.ts';

export default class WhatIf extends AnswerCommand {
  static override summary = 'Foretell which address a Service would get if something were changed.';
  static override usage = '<%= command.id %> [NAMESPACE/]SERVICE [flags]';
  static override description =
    'Runs the changes, alone or several together, through the rules of the MetalLB release that is there, and writes nothing. ' +
    'Where it matters which of them comes first it says so, and gives the commands in the best order. ' +
    'Exits 0 when the Service would have an address, 1 when not or not for certain, 3 when that cannot be known.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop/checkout --pool dmz',
    '<%= config.bin %> <%= command.id %> shop/checkout --add-pool lan=192.0.2.32/28 --from ./cluster-dump',
    '<%= config.bin %> <%= command.id %> shop/checkout --remove-pool old=192.0.2.32/28 --add-pool lan=192.0.2.32/28 --pool lan',
  ];
  static override args = {
    service: requiredArgument('the Service, as [namespace/]name'),
  };
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = {
    output: outputFlag(['text', 'json', 'yaml', 'markdown']),
    ...wishFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WhatIf);
    this.aimAt(flags);
    const question = { service: wantedService(args.service, flags.namespace, this.argv), flags };
    const world = await openWorld(flags, this.config.version, this.signal);
    const snapshot = await this.whileNarrating('reading the cluster', () =>
      readForForecast(world, question, this.signal),
    );
    this.aimLike(snapshot.target);
    const parts = { ...question, snapshot, version: this.config.version, aim: this.aim };
    const report = whatIfReport(foresee(snapshot, question), parts);
    this.answer(report, snapshot, {
      form: flags.output,
      text: () => whatIfText(report, this.plainCanvas(flags)),
      markdown: () => whatIfMarkdown(report),
    });
  }
}
