import { UsageError } from '../core/facts/errors.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { canAsk, choose } from '../core/shell/question/choose.ts';

const answers = [
  { name: 'a Service has no address (EXTERNAL-IP says <pending>)', value: 'pending' },
  { name: 'a Service has its address, and nothing arrives there', value: 'no-traffic' },
  { name: 'I do not know yet: look at MetalLB as a whole', value: 'health' },
  { name: 'triage itself does not get through to the cluster', value: 'doctor' },
] as const;

export default class Ask extends TriageCommand {
  static override summary = 'Ask what you see, and lead to the command for it.';
  static override hidden = true;

  async run(): Promise<void> {
    await this.parse(Ask);
    if (!canAsk()) {
      throw new UsageError('there is no terminal to ask at', {
        suggestions: ['triage help', 'triage health'],
      });
    }
    const command = await choose({ message: 'What do you see?', choices: answers }, this.signal);
    this.tell(`${this.config.bin} ${command}\n\n`);
    await this.config.runCommand(command, []);
  }
}
