import { suppressionFlags } from '../core/shell/flags/flags.ts';
import { DiagnosisCommand } from '../core/shell/diagnosis-command.ts';
import { wantedService } from '../core/shell/question/service-argument.ts';
import { typedArgument } from '../core/shell/flags/typed-argument.ts';

export default class Pending extends DiagnosisCommand {
  static override summary = 'Say why a Service of type LoadBalancer has no address.';
  static override usage = '<%= command.id %> [[NAMESPACE/]SERVICE] [flags]';
  static override description =
    'Works out, pool by pool, what MetalLB can do for the Service, and whether MetalLB itself is able to do it. ' +
    'Changes nothing. Needs the rights that "<%= config.bin %> rbac" prints; what cannot be read is reported as unknown.';
  static override aliases = ['pending-service'];
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop/checkout',
    '<%= config.bin %> <%= command.id %> checkout -n shop -o json',
    '<%= config.bin %> <%= command.id %> shop/checkout --wait=2m',
    '<%= config.bin %> <%= command.id %> shop/checkout --from ./cluster-dump',
  ];
  static override flags = suppressionFlags;
  static override args = {
    service: typedArgument('the Service, as [namespace/]name'),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Pending);
    const { service } = args;
    const named =
      service === undefined ? undefined : wantedService(service, flags.namespace, this.argv);
    await this.answer(this.questionAbout('pending', named), flags);
  }
}
