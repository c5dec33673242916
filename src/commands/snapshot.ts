import * as Flags from '@oclif/core/flags';
import { Exit } from '../core/facts/exit.ts';
import { costOf } from '../core/report/amounts.ts';
import { bannerOf } from '../core/report/banner.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { exitOfSignal } from '../core/shell/failure.ts';
import { commonFlags, recordedFlags, serverFlags, shareFlags } from '../core/shell/flags/flags.ts';
import { everything, unreadIn } from '../core/shell/question/wanted.ts';
import { recordTo, refuseForm } from '../core/shell/recording.ts';
import { openWorld } from '../core/shell/world.ts';

export default class Snapshot extends TriageCommand {
  static override summary = 'Record everything triage can read, for --from here or elsewhere.';
  static override usage = '<%= command.id %> -o FILE [flags]';
  static override description =
    'Writes one gzip-compressed JSON document without the data of Secrets. What could not be read is recorded as not known, and the exit code is then 3.';
  static override examples = [
    '<%= config.bin %> snapshot -o incident.json.gz',
    '<%= config.bin %> snapshot -o for-upstream.json.gz --share',
    '<%= config.bin %> health --from incident.json.gz',
  ];
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = {
    ...shareFlags,
    output: Flags.string({
      char: 'o',
      description: 'file to write',
      helpValue: 'FILE',
      required: true,
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Snapshot);
    refuseForm(flags.output);
    this.aimAt(flags);
    const world = await openWorld(flags, this.config.version, this.signal);
    const snapshot = await this.whileNarrating('reading the cluster', () =>
      world.gather(everything, this.signal),
    );
    this.tell(bannerOf(snapshot, this.errorCanvas()));
    const said = await recordTo(flags.output, snapshot, flags);
    const unread = unreadIn(snapshot);
    for (const { fact, why } of unread) {
      this.tell(`not recorded: ${fact} (${why})\n`);
    }
    said.forEach((line) => this.tell(`${line}\n`));
    this.tell(`wrote ${flags.output}: ${costOf(snapshot.receipt) ?? 'from files'}\n`);
    const code = unread.length === 0 ? Exit.healthy : Exit.unknown;
    this.exitWith(this.stoppedBy === undefined ? code : exitOfSignal(this.stoppedBy));
  }
}
