import { arpMarkdown } from '../core/report/answers/arp-markdown.ts';
import { arpText } from '../core/report/answers/arp-text.ts';
import { arpFlags } from '../core/shell/answers/arp-flags.ts';
import { arpReport, lookForArp } from '../core/shell/answers/arp.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { requiredArgument } from '../core/shell/flags/typed-argument.ts';

export default class Arp extends TriageCommand {
  static override summary = 'Ask on the wire who has an address, by ARP or NDP.';
  static override usage = '<%= command.id %> ADDRESS [flags]';
  static override description =
    'Asks from this host and collects every answer, not only the first. Needs no cluster; takes no address and announces none. ' +
    'Exits 0 when exactly one machine answers, 1 when none or several do, 3 when that cannot be seen: from another segment, without a carrier, or where one answers without CAP_NET_RAW, which cannot show a second. ' +
    'With --free: 0 when nobody uses the address, 1 when somebody does.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 192.0.2.9',
    '<%= config.bin %> <%= command.id %> 2001:db8::9 --interface eth1 --count 10',
    '<%= config.bin %> <%= command.id %> 192.0.2.200 --free',
  ];
  static override args = {
    address: requiredArgument('IPv4 or IPv6 address to ask for'),
  };
  static override flags = arpFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Arp);
    const { output, interface: name, count, window, free, beside, port } = flags;
    const wish = { address: args.address, interface: name, count, window, free, beside, port };
    const look = await this.whileNarrating('listening on the wire', () =>
      lookForArp(wish, this.signal),
    );
    const about = { version: this.config.version, stoppedBy: this.stoppedBy };
    const report = arpReport(look, wish, about);
    if (output === 'markdown') {
      this.print(arpMarkdown(report));
    } else {
      this.printAs(output, { data: report, text: arpText(report, this.plainCanvas(flags)) });
    }
    this.exitWith(report.exitCode);
  }
}
