import { ClustersCommand } from '../core/shell/clusters/clusters-command.ts';
import { severalFlags, suppressionFlags } from '../core/shell/flags/flags.ts';
import { placesOf } from '../core/shell/clusters/places.ts';

export default class Health extends ClustersCommand {
  static override summary = 'Say what is wrong with MetalLB and how far it reaches.';
  static override usage = '<%= command.id %> [flags]';
  static override description =
    'Looks at both programs, the configuration, the pools, the advertisements and every Service of type LoadBalancer. ' +
    'Changes nothing; a hundred pending Services cost the same calls as one. Several clusters are read side by side and ' +
    'exit with the worst of their codes: 1 a problem, 3 not read or unknown, 4 warnings (--exit-warn), 0.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o markdown',
    '<%= config.bin %> <%= command.id %> --record before.json.gz',
    '<%= config.bin %> <%= command.id %> --from before.json.gz',
    '<%= config.bin %> <%= command.id %> --context east,west --record "before-{context}.json.gz"',
  ];
  static override flags = { ...suppressionFlags, ...severalFlags };

  async run(): Promise<void> {
    const { flags } = await this.parse(Health);
    const places = await placesOf(flags, this.argv);
    if (places.kind === 'several') {
      await this.answerForAll(places, flags);
      return;
    }
    await this.answer(
      { symptom: 'health', service: undefined, subjectIn: async () => undefined },
      { ...flags, ...places.flags },
    );
  }
}
