import { expect } from 'vitest';
import type { Report } from '../../../src/core/facts/report.ts';
import type { Lab } from '../../testbed/lab.ts';
import { runTriage } from '../../testbed/triage.ts';

/** The same question answered twice by the real program: as JSON, and as text for a person. */
export interface Answer {
  readonly code: number;
  readonly report: Report;
  /** The text with every run of white space as one blank, so that line breaks do not matter. */
  readonly text: string;
}

/** What became of one question. */
export interface Outcome {
  readonly code: number;
  readonly headline: string;
  /** The causes found, most likely first. */
  readonly causes: readonly string[];
}

/** Asks the real program as a person would, and holds both forms to each other. */
export async function ask(lab: Pick<Lab, 'kubeconfig'>, words: readonly string[]): Promise<Answer> {
  const run = { kubeconfig: lab.kubeconfig };
  const [json, text] = await Promise.all([
    runTriage([...words, '-o', 'json'], run),
    runTriage(words, run),
  ]);
  expect(json.stderr).toMatch(nothingButBanner);
  expect(text.stderr).toMatch(nothingButBanner);
  expect(text.code, text.stdout).toBe(json.code);
  return {
    code: json.code,
    report: JSON.parse(json.stdout) as Report,
    text: text.stdout.replaceAll(/\s+/g, ' '),
  };
}

/** What happened within the hour stays true when the cause is gone. */
const past = new Set([
  'pool-change-moved-addresses',
  'addresses-reshuffled',
  'controllers-overlap',
]);

/** The outcome alone, for what was seen in full elsewhere, without remarks and what is over. */
export async function outcomeOf(
  lab: Pick<Lab, 'kubeconfig'>,
  words: readonly string[],
): Promise<Outcome> {
  const run = await runTriage([...words, '-o', 'json'], { kubeconfig: lab.kubeconfig });
  expect(run.stderr).toMatch(nothingButBanner);
  const { diagnosis } = JSON.parse(run.stdout) as Report;
  const { headline, rootCauses } = diagnosis;
  const present = rootCauses.filter(
    ({ cause, severity }) => severity !== 'info' && !past.has(cause),
  );
  return { code: run.code, headline, causes: present.map(({ cause }) => cause) };
}

/** One line may name the cluster: context, server, MetalLB, user. */
const nothingButBanner = /^(?:testbed · [^\n]+\n\n?)?$/;

/** The causes found, most likely first. */
export function causesOf({ report }: Answer): string[] {
  return report.diagnosis.rootCauses.map(({ cause }) => cause);
}
