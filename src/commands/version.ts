import { TriageCommand } from '../core/shell/base-command.ts';
import { outputFlag } from '../core/shell/flags/flags.ts';
import { versionLine } from '../core/shell/terminal/version-line.ts';
import { reportSchemaVersion } from '../core/facts/report.ts';
import { snapshotSchemaVersion } from '../core/facts/snapshot.ts';

export default class Version extends TriageCommand {
  static override summary = 'Print the version of triage and of the documents it reads and writes.';
  static override usage = '<%= command.id %> [flags]';
  static override examples = ['<%= config.bin %> version', '<%= config.bin %> version -o json'];
  static override flags = { output: outputFlag(['text', 'json', 'yaml']) };

  async run(): Promise<void> {
    const { flags } = await this.parse(Version);
    const { version, platform, arch } = this.config;
    this.printAs(flags.output, {
      data: {
        version,
        node: process.version,
        platform: `${platform}-${arch}`,
        reportSchema: reportSchemaVersion,
        snapshotSchema: snapshotSchemaVersion,
      },
      text: `${versionLine(version)}\n`,
    });
  }
}
