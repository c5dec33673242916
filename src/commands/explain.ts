import * as Args from '@oclif/core/args';
import { causePage, causeText, checkPage, checkText } from '../core/report/explanation.ts';
import { TriageCommand } from '../core/shell/base-command.ts';
import { entryOf, type Entry } from '../core/shell/catalogue.ts';
import { outputFlag } from '../core/shell/flags.ts';
import type { Canvas } from '../core/report/style.ts';

export default class Explain extends TriageCommand {
  static override summary = 'Explain a cause or a check, offline.';
  static override usage = '<%= command.id %> CAUSE|CHECK';
  static override examples = [
    '<%= config.bin %> explain pool-exhausted',
    '<%= config.bin %> explain MLB-A02',
  ];
  static override args = {
    id: Args.string({
      description: 'a cause (pool-exhausted) or a check (MLB-A02)',
      required: true,
    }),
  };
  static override flags = { output: outputFlag(['text', 'json', 'yaml', 'markdown']) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const entry = entryOf(args.id);
    if (flags.output === 'markdown') {
      this.print(pageOf(entry));
      return;
    }
    this.printAs(flags.output, {
      data: dataOf(entry),
      text: textOf(entry, this.plainCanvas(flags)),
    });
  }
}

function pageOf(entry: Entry): string {
  return entry.kind === 'check' ? checkPage(entry.check) : causePage(entry.cause, entry.checks);
}

function textOf(entry: Entry, canvas: Canvas): string {
  return entry.kind === 'check'
    ? checkText(entry.check, canvas)
    : causeText(entry.cause, entry.checks, canvas);
}

function dataOf(entry: Entry): object {
  if (entry.kind === 'cause') {
    return { kind: 'cause', ...entry.cause, checks: entry.checks.map(({ id }) => id) };
  }
  const { id, asks, symptoms, causes, needs, helps } = entry.check;
  return { kind: 'check', id, asks, symptoms, causes, needs, helps };
}
