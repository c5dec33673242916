import { factsFor } from '../checks/facts-for.ts';
import { previewUpgrade } from '../checks/upgrade/preview-upgrade.ts';
import { upgradeMarkdown } from '../core/report/answers/upgrade-markdown.ts';
import { upgradeText } from '../core/report/answers/upgrade-text.ts';
import { commonFlags, outputFlag, recordedFlags, serverFlags } from '../core/shell/flags/flags.ts';
import { releaseFlag } from '../core/shell/flags/release-flag.ts';
import { aimedUpgrade, upgradeReport } from '../core/shell/answers/upgrade-report.ts';
import { openWorld } from '../core/shell/world.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';

export default class Upgrade extends AnswerCommand {
  static override summary = 'Say what another release of MetalLB would change for this cluster.';
  static override usage = '<%= command.id %> --to VERSION [flags]';
  static override description =
    'Works both ways, up and down: Services that would lose or change addresses, pools that would be refused, what has to be done before, known bugs left behind and met. Changes nothing. ' +
    'Exit 1 when something breaks, 3 when that cannot be known.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --to v0.16.2',
    '<%= config.bin %> <%= command.id %> --to v0.15.3 --from incident.json.gz -o markdown',
    '<%= config.bin %> <%= command.id %> --from-version v0.14.9 --to v0.14.8',
  ];
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = {
    to: releaseFlag({ description: 'the release to go to', required: true }),
    'from-version': releaseFlag({
      description: 'the release to count from (default: what runs there)',
    }),
    output: outputFlag(['text', 'json', 'yaml', 'markdown']),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Upgrade);
    this.aimAt(flags);
    const world = await openWorld(flags, this.config.version, this.signal);
    const read = () => world.gather(factsFor('health', undefined), this.signal);
    const snapshot = await this.whileNarrating('reading the cluster', read);
    this.aimLike(snapshot.target);
    const preview = previewUpgrade(snapshot, { to: flags.to, from: flags['from-version'] });
    const upgrade = aimedUpgrade(preview, this.aim);
    const about = { version: this.config.version, stoppedBy: this.stoppedBy };
    const report = upgradeReport(upgrade, snapshot, about);
    this.answer(report, snapshot, {
      form: flags.output,
      text: () => upgradeText(report, this.plainCanvas(flags)),
      markdown: () => upgradeMarkdown(report),
    });
  }
}
