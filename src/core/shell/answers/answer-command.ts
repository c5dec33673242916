import type { ReportHead } from '../../facts/report-head.ts';
import { bannerOf, type Whereabouts } from '../../report/banner.ts';
import { TriageCommand } from '../base-command.ts';
import { exitOfSignal } from '../failure.ts';

/** An answer in the form that was asked for; the others are not made. */
export interface AnswerForms {
  readonly form: 'text' | 'wide' | 'json' | 'yaml' | 'markdown';
  readonly text: () => string;
  readonly markdown: () => string;
}

/** A command that answers in one document. */
export abstract class AnswerCommand extends TriageCommand {
  /** Prints it, for a person below the one cluster that was looked at, and ends with its exit code. */
  protected answer(
    report: Pick<ReportHead, 'exitCode'>,
    seen: Whereabouts | undefined,
    { form, text, markdown }: AnswerForms,
  ): void {
    this.exitWith(this.stoppedBy === undefined ? report.exitCode : exitOfSignal(this.stoppedBy));
    switch (form) {
      case 'text':
      case 'wide':
        this.tell(seen === undefined ? '' : `${bannerOf(seen, this.errorCanvas())}\n`);
        return this.print(text());
      case 'markdown':
        return this.print(markdown());
      case 'json':
      case 'yaml':
        return this.printAs(form, { data: report, text: '' });
    }
  }
}
