import type { ExitCode } from '../facts/exit.ts';
import type { ErrorReport } from '../facts/report.ts';
import { reportSchemaVersion } from '../facts/report.ts';
import type { Section } from './layout.ts';
import { laidOut } from './layout.ts';
import type { Canvas } from './style.ts';

/** What went wrong with the tool itself. */
export interface ToldFailure {
  readonly kind: ErrorReport['error']['kind'];
  readonly exitCode: ExitCode;
  readonly message: string;
  readonly causes: readonly string[];
  readonly suggestions: readonly string[];
}

/** A failure for a person: what failed, why, what to do next. */
export function failureText(failure: ToldFailure, canvas: Canvas): string {
  const prefix = failure.kind === 'interrupted' ? '' : 'error: ';
  const sections: readonly Section[] = [
    { label: '', lines: [{ text: prefix + failure.message, inks: ['bold', 'red'] }] },
    { label: 'why', lines: failure.causes.map((text) => ({ text })) },
    { label: 'do', lines: failure.suggestions.map((text) => ({ text, kind: kindOf(text) })) },
  ];
  return laidOut([sections], canvas);
}

function kindOf(suggestion: string): 'command' | 'text' {
  return /^(?:triage|kubectl|export) /.test(suggestion) ? 'command' : 'text';
}

/** A failure for a program: the same envelope as an answer. */
export function errorReportOf(
  failure: ToldFailure,
  about: { readonly command: string; readonly version: string },
): ErrorReport {
  const message = [failure.message, ...failure.causes].join(': ');
  return {
    schemaVersion: reportSchemaVersion,
    tool: { name: 'triage', version: about.version },
    command: about.command,
    result: 'error',
    exitCode: failure.exitCode,
    error: { kind: failure.kind, message, suggestions: failure.suggestions },
  };
}
