import { poolsMarkdown } from '../core/report/answers/pools-markdown.ts';
import { poolsText } from '../core/report/answers/pools-text.ts';
import { commonFlags, recordedFlags, serverFlags } from '../core/shell/flags/flags.ts';
import { poolsFlags } from '../core/shell/answers/pools-flags.ts';
import { poolsReport, readPools } from '../core/shell/answers/pools.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';
import { typedArgument } from '../core/shell/flags/typed-argument.ts';

export default class Pools extends AnswerCommand {
  static override summary =
    'Say how large every pool is, who holds it, and what is not really free.';
  static override usage = '<%= command.id %> [POOL] [flags]';
  static override description =
    'Counts what MetalLB would hand out and takes off what is claimed elsewhere: addresses of nodes, cluster and pod ranges, ' +
    'pools of other clusters. Changes nothing. Exits 1 when an address of a pool is claimed elsewhere, a pool cannot be read or there is none.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> lan -o json',
    '<%= config.bin %> <%= command.id %> --against other-cluster.json.gz',
  ];
  static override args = {
    pool: typedArgument('only this pool, with everybody who holds an address'),
  };
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = poolsFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Pools);
    this.aimAt(flags);
    const { output, against = [], verbose } = flags;
    const question = { pool: args.pool, against, flags, version: this.config.version };
    const reading = await this.whileNarrating('reading the cluster', () =>
      readPools(question, this.signal),
    );
    this.aimLike(reading.snapshot.target);
    const report = poolsReport(reading, question, this.aim);
    const namesHolders = verbose || args.pool !== undefined || output === 'wide';
    this.answer(report, reading.snapshot, {
      form: output,
      text: () => poolsText(report, this.plainCanvas(flags), namesHolders),
      markdown: () => poolsMarkdown(report, namesHolders),
    });
  }
}
