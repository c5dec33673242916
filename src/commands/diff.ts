import * as Flags from '@oclif/core/flags';
import { differenceMarkdown } from '../core/report/answers/difference-markdown.ts';
import { differenceText } from '../core/report/answers/difference-text.ts';
import { differenceIn, differenceReport } from '../core/shell/answers/difference.ts';
import { outputFlag, serverFlags } from '../core/shell/flags/flags.ts';
import { wantedService } from '../core/shell/question/service-argument.ts';
import { requiredArgument } from '../core/shell/flags/typed-argument.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';

export default class Diff extends AnswerCommand {
  static override summary = 'Say what changed between two recordings, nearest to a Service first.';
  static override usage = '<%= command.id %> OLD NEW [flags]';
  static override description =
    'Compares what can matter to an address, and what both answers say: causes that came and went, addresses that moved. ' +
    'What is not known in one of the two is said to be unknown, never gone. Exits 0 when nothing changed, 1 when ' +
    'something did, 3 when nothing did as far as both could be read.';
  static override examples = [
    '<%= config.bin %> diff before.json.gz now.json.gz --service shop/checkout',
    '<%= config.bin %> diff ./dump-monday ./dump-tuesday -o markdown',
  ];
  static override args = {
    old: requiredArgument('a recording, or kubectl output, of then'),
    new: requiredArgument('a recording, or kubectl output, of now'),
  };
  static override flags = {
    output: outputFlag(['text', 'json', 'yaml', 'markdown']),
    service: Flags.string({
      description: 'the Service in question, as [namespace/]name: changes near it come first',
      helpValue: 'NAME',
    }),
    namespace: serverFlags.namespace,
    'metallb-namespace': serverFlags['metallb-namespace'],
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    const { service, namespace, output } = flags;
    const difference = await differenceIn(
      {
        ...args,
        service: service === undefined ? undefined : wantedService(service, namespace, this.argv),
        flags,
        version: this.config.version,
      },
      this.signal,
    );
    const report = differenceReport(difference, this.config.version);
    this.answer(report, undefined, {
      form: output,
      text: () => differenceText(report, this.plainCanvas(flags)),
      markdown: () => differenceMarkdown(report),
    });
  }
}
