import { addressFlag, askedAt } from '../core/shell/flags/address-flag.ts';
import { clientFlag } from '../core/shell/flags/client-flag.ts';
import { suppressionFlags } from '../core/shell/flags/flags.ts';
import { probeFlags } from '../core/shell/probe/probe-flags.ts';
import { ProbingCommand } from '../core/shell/probe/probing-command.ts';
import { wantedService } from '../core/shell/question/service-argument.ts';
import { typedArgument } from '../core/shell/flags/typed-argument.ts';

export default class NoTraffic extends ProbingCommand {
  static override summary = 'Say why nothing arrives at a Service that has its address.';
  static override usage = '<%= command.id %> [[NAMESPACE/]SERVICE] [flags]';
  static override description =
    'Follows a packet from the address to the endpoints, question by question, and names the first link that breaks: ' +
    'advertised? a node that may announce? which, and does it? who answers on the wire? what lies behind? something else? ' +
    'Changes nothing; only --from-node makes a Pod, and takes it away again. Needs the rights that "<%= config.bin %> rbac" prints; what cannot be read is reported as unknown.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop/checkout',
    '<%= config.bin %> <%= command.id %> checkout -n shop --client 198.51.100.7',
    '<%= config.bin %> <%= command.id %> shop/checkout --address 2001:db8::7',
    '<%= config.bin %> <%= command.id %> shop/checkout --probe --http=/healthz',
    '<%= config.bin %> <%= command.id %> shop/checkout --from-node worker-2',
    '<%= config.bin %> <%= command.id %> shop/checkout --from ./cluster-dump',
  ];
  static override flags = {
    ...suppressionFlags,
    ...probeFlags,
    address: addressFlag,
    client: clientFlag,
  };
  static override args = {
    service: typedArgument('the Service, as [namespace/]name'),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(NoTraffic);
    const { service } = args;
    const named =
      service === undefined ? undefined : wantedService(service, flags.namespace, this.argv);
    const question = askedAt(flags, this.questionAbout('no-traffic', named));
    await this.answer({ ...question, looksAt: this.lookingAt(flags) }, flags);
  }
}
