import * as Args from '@oclif/core/args';
import { UsageError } from '../core/facts/errors.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { visible } from '../core/report/escape.ts';
import { canAsk, choose } from '../core/shell/choose.ts';
import { DiagnosisCommand } from '../core/shell/diagnosis-command.ts';
import { pendingServices, theService, wantedService } from '../core/shell/service-argument.ts';

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
  static override args = {
    service: Args.string({ description: 'the Service, as [namespace/]name' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Pending);
    if (args.service === undefined && !canAsk()) {
      throw new UsageError('which Service? none was named', {
        suggestions: ['triage pending namespace/name', 'triage health'],
      });
    }
    const named =
      args.service === undefined ? undefined : wantedService(args.service, flags.namespace);
    await this.answer(
      {
        symptom: 'pending',
        service: named,
        subjectIn: async (snapshot) =>
          theService(named ?? (await this.#chosen(snapshot)), snapshot.readings.services),
      },
      flags,
    );
  }

  async #chosen({ readings }: Snapshot): Promise<ReturnType<typeof wantedService>> {
    const pending = pendingServices(readings.services);
    if (pending.length === 0) {
      throw new UsageError('no Service is pending that can be read from here', {
        suggestions: ['triage health'],
      });
    }
    const choices = pending.map((key) => ({ name: visible(key), value: key }));
    const key = await choose('Which Service?', choices, this.signal);
    this.tell(`${this.config.bin} pending ${visible(key)}\n\n`);
    return wantedService(key, undefined);
  }
}
