import { TriageCommand } from '../core/shell/base-command.ts';
import { entryOf } from '../core/shell/catalogue/catalogue.ts';
import { outputFlag } from '../core/shell/flags/flags.ts';
import { dataOf, pageOf, textOf } from '../core/shell/catalogue/told-entry.ts';
import { requiredArgument } from '../core/shell/flags/typed-argument.ts';

export default class Explain extends TriageCommand {
  static override summary = 'Explain a cause, a check or a known bug, offline.';
  static override usage = '<%= command.id %> CAUSE|CHECK|BUG';
  static override examples = [
    '<%= config.bin %> explain pool-exhausted',
    '<%= config.bin %> explain MLB-A02',
    '<%= config.bin %> explain metallb#2626',
  ];
  static override args = {
    'cause|check|bug': requiredArgument(
      'a cause (pool-exhausted), a check (MLB-A02) or a bug (metallb#2626)',
    ),
  };
  static override flags = { output: outputFlag(['text', 'json', 'yaml', 'markdown']) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const entry = entryOf(args['cause|check|bug']);
    if (flags.output === 'markdown') {
      this.print(pageOf(entry));
      return;
    }
    this.printAs(flags.output, {
      data: dataOf(entry),
      text: textOf(entry, this.plainCanvas(flags)),
    });
  }
}
