import * as Flags from '@oclif/core/flags';
import { validationMarkdown, validationText } from '../core/report/answers/validation-text.ts';
import { commonFlags, outputFlag, serverFlagsForManifests } from '../core/shell/flags/flags.ts';
import { openBeside, readBeside, validationReport } from '../core/shell/answers/validation.ts';
import { typedFlag } from '../core/shell/flags/words.ts';
import { requiredArguments } from '../core/shell/flags/typed-argument.ts';
import type { SourceFlags } from '../core/shell/world.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';

export default class Validate extends AnswerCommand {
  static override summary = 'Judge manifests as MetalLB would, before they are applied.';
  static override usage = '<%= command.id %> FILE...|DIR|- [flags]';
  static override description =
    'Reads YAML and JSON and says what the webhook, the controller and the speakers would refuse, with file and line. One folder is one cluster; several kustomize overlays in it are judged one by one. No cluster is asked unless --with says so.';
  static override examples = [
    '<%= config.bin %> validate metallb/',
    'kubectl kustomize overlays/prod | <%= config.bin %> validate - --version v0.15.3',
    '<%= config.bin %> validate pools.yaml --with cluster',
  ];
  static override args = {
    path: requiredArguments('files, folder, - is stdin'),
  };
  static override baseFlags = { ...commonFlags, ...serverFlagsForManifests };
  static override flags = {
    output: outputFlag(['text', 'json', 'yaml', 'markdown']),
    version: Flags.string({ description: 'release of MetalLB to judge by', helpValue: 'v0.16.2' }),
    'bgp-type': Flags.option({
      description: 'METALLB_BGP_TYPE of the speakers',
      options: ['native', 'frr', 'frr-k8s'] as const,
    })(),
    with: Flags.string({
      description: 'judge them beside what is there: cluster, or a recording or dump',
      helpValue: 'cluster|PATH',
    }),
    'exit-warn': Flags.boolean({ description: 'exit 4 when there are only warnings' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Validate);
    const snapshot = flags.with === undefined ? undefined : await this.#beside(flags, flags.with);
    const hasNamespace = typedFlag(this.argv, 'namespace', 'n');
    const { signal } = this;
    const wish = { flags, snapshot, hasNamespace, signal, stoppedBy: () => this.stoppedBy };
    const report = await validationReport(args.path, wish, this.config.version);
    this.answer(report, undefined, {
      form: flags.output,
      text: () => validationText(report, this.plainCanvas(flags)),
      markdown: () => validationMarkdown(report),
    });
  }

  async #beside(flags: SourceFlags, beside: string) {
    this.aimAt(flags);
    const about = { version: this.config.version, signal: this.signal };
    const reader = await openBeside(flags, beside, about);
    return await this.whileNarrating('reading the cluster', () => readBeside(reader, this.signal));
  }
}
