import type { Diagnosis, Verdict } from '../facts/finding.ts';
import type { Line, Section } from './layout.ts';
import type { Canvas } from './style.ts';

/** What passed, what did not apply and what is ruled out with `-v`; every verdict with `-o wide`. */
export function verdictSections(
  { verdicts, ruledOut }: Diagnosis,
  { verbose, wide }: Canvas,
): readonly Section[] {
  if (!verbose && !wide) {
    return [];
  }
  const shown = wide ? verdicts : verdicts.filter(({ verdict }) => verdict === 'pass');
  const idle = wide ? [] : verdicts.filter(({ verdict }) => verdict === 'skipped');
  const causes = ruledOut.map(({ cause, check }) => `${cause} (${check})`);
  const sections: readonly Section[] = [
    { label: wide ? 'checks' : 'passed', lines: shown.map(verdictLine) },
    { label: 'idle', lines: idle.map(verdictLine) },
    { label: 'not', lines: causes.length === 0 ? [] : [{ text: causes.join(', ') }] },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function verdictLine(verdict: Verdict): Line {
  return { text: `${verdict.check}  ${wordFor(verdict)}  ${verdict.asks}${reasonFor(verdict)}` };
}

function wordFor({ verdict }: Verdict): string {
  return verdict.toUpperCase().padEnd(7);
}

function reasonFor(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'pass':
      return '';
    case 'fail':
      return ` (${[...new Set(verdict.findings.map(({ cause }) => cause))].join(', ')})`;
    case 'unknown':
      return ` (not known: ${verdict.missing.map(({ fact }) => fact).join(', ')})`;
    case 'skipped':
      return ` (${verdict.why})`;
  }
}
