import * as Flags from '@oclif/core/flags';
import { checks } from '../checks/index.ts';
import type { Check } from '../core/diagnosis/check.ts';
import { bugListText } from '../core/report/catalogue/bug-page.ts';
import { checkListText } from '../core/report/catalogue/explanation.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { explainedBugs } from '../core/shell/catalogue/catalogue.ts';
import { outputFlag } from '../core/shell/flags/flags.ts';

export default class Checks extends TriageCommand {
  static override summary = 'List every check and what it asks, or every known bug.';
  static override usage = '<%= command.id %> [flags]';
  static override examples = [
    '<%= config.bin %> checks',
    '<%= config.bin %> checks --bugs -o json',
  ];
  static override flags = {
    output: outputFlag(['text', 'json', 'yaml', 'name']),
    bugs: Flags.boolean({ description: 'list the known bugs of MetalLB instead' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Checks);
    const names = flags.bugs ? explainedBugs().map(({ bug }) => bug) : checks.map(({ id }) => id);
    if (flags.output === 'name') {
      this.print(names.map((name) => `${name}\n`).join(''));
      return;
    }
    const canvas = this.plainCanvas(flags);
    this.printAs(
      flags.output,
      flags.bugs
        ? { data: explainedBugs(), text: bugListText(explainedBugs(), canvas) }
        : { data: checks.map(listed), text: checkListText(checks, canvas) },
    );
  }
}

function listed({ id, asks, symptoms, causes, needs, helps }: Check): object {
  return { id, asks, symptoms, causes, needs, helps };
}
