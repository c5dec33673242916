import { checks } from '../checks/index.ts';
import { checkListText } from '../core/report/explanation.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { outputFlag } from '../core/shell/flags.ts';

export default class Checks extends TriageCommand {
  static override summary = 'List every check and what it asks.';
  static override usage = '<%= command.id %> [flags]';
  static override examples = ['<%= config.bin %> checks', '<%= config.bin %> checks -o json'];
  static override flags = { output: outputFlag(['text', 'json', 'yaml', 'name']) };

  async run(): Promise<void> {
    const { flags } = await this.parse(Checks);
    if (flags.output === 'name') {
      this.print(checks.map(({ id }) => `${id}\n`).join(''));
      return;
    }
    this.printAs(flags.output, {
      data: checks.map(({ id, asks, symptoms, causes, needs, helps }) => ({
        id,
        asks,
        symptoms,
        causes,
        needs,
        helps,
      })),
      text: checkListText(checks, this.plainCanvas(flags)),
    });
  }
}
