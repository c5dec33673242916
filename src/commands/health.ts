import { DiagnosisCommand } from '../core/shell/diagnosis-command.ts';
import { suppressionFlags } from '../core/shell/flags.ts';

export default class Health extends DiagnosisCommand {
  static override summary = 'Say what is wrong with MetalLB and how far it reaches.';
  static override usage = '<%= command.id %> [flags]';
  static override description =
    'Looks at both programs, the configuration, the pools, the advertisements and every Service of type LoadBalancer. ' +
    'Changes nothing; a hundred pending Services cost the same calls as one.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o markdown',
    '<%= config.bin %> <%= command.id %> --record before.json.gz',
    '<%= config.bin %> <%= command.id %> --from before.json.gz',
  ];
  static override flags = suppressionFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Health);
    await this.answer(
      { symptom: 'health', service: undefined, subjectIn: async () => undefined },
      flags,
    );
  }
}
