import { announcersMarkdown } from '../core/report/answers/announcers-markdown.ts';
import { announcersText } from '../core/report/answers/announcers-text.ts';
import { announcersReport, readAnnouncers } from '../core/shell/answers/announcers.ts';
import {
  commonFlags,
  outputFlag,
  recordedFlags,
  serverFlagsThatNarrow,
} from '../core/shell/flags/flags.ts';
import { askedFor } from '../core/shell/question/service-argument.ts';
import { openWorld } from '../core/shell/world.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';
import { typedArgument } from '../core/shell/flags/typed-argument.ts';

export default class Announcers extends AnswerCommand {
  static override summary = 'Say which node announces every address, and why the others do not.';
  static override usage = '<%= command.id %> [[NAMESPACE/]SERVICE] [flags]';
  static override description =
    'Runs the election as the speakers of the MetalLB release that is there do, layer 2 and BGP, and puts what they say beside it. ' +
    'With a Service it names the candidates in order, and for every other node the reason it is out. Changes nothing. ' +
    'Exits 1 when an address is announced by nobody or by another node than it should, 3 when that cannot be known.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -n shop',
    '<%= config.bin %> <%= command.id %> shop/checkout',
    '<%= config.bin %> <%= command.id %> shop/checkout -o json --from ./cluster-dump',
  ];
  static override args = {
    service: typedArgument('only this Service, with every reason'),
  };
  static override baseFlags = { ...commonFlags, ...serverFlagsThatNarrow, ...recordedFlags };
  static override flags = { output: outputFlag(['text', 'json', 'yaml', 'markdown']) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Announcers);
    this.aimAt(flags);
    const { version } = this.config;
    const question = { ...askedFor(args.service, flags.namespace, this.argv), version };
    const world = await openWorld(flags, version, this.signal);
    const snapshot = await this.whileNarrating('reading the cluster', () =>
      readAnnouncers(world, question, this.signal),
    );
    this.aimLike(snapshot.target);
    const report = announcersReport(snapshot, question, this.aim);
    this.answer(report, snapshot, {
      form: flags.output,
      text: () => announcersText(report, this.plainCanvas(flags), flags.verbose),
      markdown: () => announcersMarkdown(report),
    });
  }
}
