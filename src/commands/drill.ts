import { drillMarkdown } from '../core/report/answers/drill-markdown.ts';
import { drillText } from '../core/report/answers/drill-text.ts';
import { drillFlags } from '../core/shell/answers/drill-flags.ts';
import { drillReport, readForDrill, refuseIdleDrill } from '../core/shell/answers/drill.ts';
import { commonFlags, recordedFlags, serverFlags } from '../core/shell/flags/flags.ts';
import { namespaceNotice } from '../core/shell/flags/without-effect.ts';
import { openWorld } from '../core/shell/world.ts';
import { AnswerCommand } from '../core/shell/answers/answer-command.ts';

export default class Drill extends AnswerCommand {
  static override summary = 'Foretell what happens to every address if a node goes.';
  static override usage = '<%= command.id %> (--node NAME | --speaker POD | --zone NAME | --each)';
  static override description =
    'Holds the election again without what goes: which address moves where, which keeps fewer next hops, which is announced by nobody then, and why. ' +
    'Endpoints on a lost node are lost too; that they come back elsewhere is not promised. Nothing is touched. ' +
    'Exits 1 when an address would be announced by nobody, 3 when that cannot be known.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --each',
    '<%= config.bin %> <%= command.id %> --node worker-1',
    '<%= config.bin %> <%= command.id %> --zone east -o json --from ./cluster-dump',
  ];
  static override baseFlags = { ...commonFlags, ...serverFlags, ...recordedFlags };
  static override flags = drillFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Drill);
    this.aimAt(flags);
    refuseIdleDrill(flags);
    const { version } = this.config;
    const world = await openWorld(flags, version, this.signal);
    const read = await this.whileNarrating('reading the cluster', () =>
      readForDrill(world, this.signal),
    );
    const said = namespaceNotice(this.argv, 'drill');
    const snapshot = { ...read, notices: [...(read.notices ?? []), ...said] };
    this.aimLike(snapshot.target);
    const report = drillReport(snapshot, flags, { version, aim: this.aim });
    this.answer(report, snapshot, {
      form: flags.output,
      text: () => drillText(report, this.plainCanvas(flags), flags.verbose),
      markdown: () => drillMarkdown(report),
    });
  }
}
