import * as Flags from '@oclif/core/flags';
import * as from from '../core/shell/flags/flags.ts';
import { wantedService } from '../core/shell/question/service-argument.ts';
import { WatchCommand } from '../core/shell/watch/watch-command.ts';
import { typedArgument } from '../core/shell/flags/typed-argument.ts';

/** A watch asks little at a time, and for long. */
const usualMaxCalls = 10_000;

export default class Watch extends WatchCommand {
  static override summary =
    'Follow a cluster, and say when a cause comes or goes and an address moves.';
  static override usage = '<%= command.id %> [[NAMESPACE/]SERVICE] [flags]';
  static override description =
    'Looks once, then follows every list it read and tells transitions only. Changes nothing. Ends with Ctrl-C (130). ' +
    'Under -o json every line is a document. Needs the right to watch what it lists ("<%= config.bin %> rbac --watch"); ' +
    'what may only be listed is read again every 30 s.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> shop/checkout',
    '<%= config.bin %> <%= command.id %> -o json | jq -r .kind',
  ];
  static override args = {
    service: typedArgument('the Service, as [namespace/]name; without it the cluster'),
  };
  static override baseFlags = { ...from.commonFlags, ...from.serverFlags };
  static override flags = {
    output: from.outputFlag(['text', 'json']),
    only: from.diagnosisFlags.only,
    skip: from.diagnosisFlags.skip,
    ...from.suppressionFlags,
    'max-calls': Flags.integer({
      helpValue: 'NUMBER',
      description: 'stop after this many calls to the API server',
      min: 1,
      default: usualMaxCalls,
      env: 'TRIAGE_MAX_CALLS',
      helpGroup: 'SERVER',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Watch);
    const { service } = args;
    await this.watch(
      service === undefined ? undefined : wantedService(service, flags.namespace, this.argv),
      flags,
    );
  }
}
