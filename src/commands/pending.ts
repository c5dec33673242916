import * as Args from '@oclif/core/args';
import { shellWord } from '../core/diagnosis/kubectl.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { aimedCommand } from '../core/report/aim.ts';
import { visible } from '../core/report/escape.ts';
import { calledAs } from '../core/report/layout.ts';
import { canAsk, choose } from '../core/shell/choose.ts';
import { suppressionFlags } from '../core/shell/flags.ts';
import { DiagnosisCommand } from '../core/shell/diagnosis-command.ts';
import * as typed from '../core/shell/service-argument.ts';

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
    service: Args.string({ description: 'the Service, as [namespace/]name' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Pending);
    const { service } = args;
    let named =
      service === undefined ? undefined : typed.wantedService(service, flags.namespace, this.argv);
    await this.answer(
      {
        symptom: 'pending',
        service: named,
        subjectIn: async (snapshot) => {
          // Asked once: --wait looks many times.
          named ??= await this.#chosen(snapshot);
          return typed.soughtService(named, snapshot.readings);
        },
      },
      flags,
    );
  }

  async #chosen({ readings }: Snapshot): Promise<ReturnType<typeof typed.wantedService>> {
    const pending = typed.pendingServices(readings.services);
    if (pending.length === 0 || !canAsk()) {
      throw typed.noneNamed(readings.services, pending);
    }
    const choices = pending.map((key) => ({ name: visible(key), value: key }));
    const key = await choose({ message: 'Which Service?', choices, filters: true }, this.signal);
    const told = aimedCommand(`triage pending ${shellWord(key)}`, this.aim);
    this.tell(`${visible(calledAs(this.config.bin, told))}\n\n`);
    return typed.wantedService(key, undefined);
  }
}
