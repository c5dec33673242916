import * as Flags from '@oclif/core/flags';
import { factsFor } from '../checks/facts-for.ts';
import { yamlOf } from '../core/report/yaml.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { outputFlag } from '../core/shell/flags/flags.ts';
import { purposeFlags, subjectFlags } from '../core/shell/rights/role-flags.ts';
import { rightsFor } from '../core/shell/rights/rights.ts';
import { roleDocuments, roleName, subjectsOf } from '../core/shell/rights/role-documents.ts';
import { everything } from '../core/shell/question/wanted.ts';

export default class Rbac extends TriageCommand {
  static override summary = 'Print the smallest roles that triage needs, ready for kubectl apply.';
  static override usage = '<%= command.id %> [flags]';
  static override examples = [
    '<%= config.bin %> rbac --user oncall@example.org | kubectl apply -f -',
    '<%= config.bin %> rbac --serviceaccount monitoring:triage --metallb-namespace metallb',
  ];
  static override flags = {
    output: outputFlag(['yaml', 'json']),
    ...subjectFlags,
    ...purposeFlags,
    name: Flags.string({ description: 'name of the roles', default: 'triage' }),
    'metallb-namespace': Flags.string({
      description: 'where MetalLB runs',
      default: 'metallb-system',
      env: 'TRIAGE_METALLB_NAMESPACE',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Rbac);
    const documents = roleDocuments({
      rights: rightsFor([
        factsFor('pending', undefined),
        factsFor('no-traffic', undefined),
        factsFor('health', undefined),
        ...(flags.snapshot ? [everything] : []),
      ]),
      name: roleName(flags.name),
      metallbNamespace: flags['metallb-namespace'],
      subjects: subjectsOf(flags),
      watches: flags.watch,
      probes: flags.probe,
    });
    const list = { apiVersion: 'v1', kind: 'List', items: documents };
    const yaml = documents.map(yamlOf).join('---\n');
    this.printAs(flags.output === 'yaml' ? 'text' : 'json', { data: list, text: yaml });
  }
}
