import { shellWord } from '../../diagnosis/kubectl.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { visible } from '../../report/escape.ts';
import { canAsk, choose } from './choose.ts';
import type { Question } from './question.ts';
import {
  noneNamed,
  offeredFor,
  type ServiceQuestion,
  soughtService,
  type WantedService,
  wantedService,
} from './service-argument.ts';

/** Who asks, and how a chosen Service is told. */
export interface Asker {
  readonly command: ServiceQuestion;
  /** Says the command that would have asked the same without a choice. */
  readonly tell: (command: string) => void;
  readonly signal: AbortSignal;
}

/** A question about the Service that was named, or that is chosen from a list once the cluster was read. */
export function serviceQuestion(named: WantedService | undefined, asker: Asker): Question {
  let chosen = named;
  return {
    symptom: asker.command,
    service: named,
    subjectIn: async (snapshot) => {
      // Asked once: --wait looks many times.
      chosen ??= await choiceFrom(snapshot, asker);
      return soughtService(chosen, snapshot.readings, asker.command);
    },
  };
}

async function choiceFrom({ readings }: Snapshot, asker: Asker): Promise<WantedService> {
  const { command, tell, signal } = asker;
  const offered = offeredFor(command, readings.services);
  if (offered.length === 0 || !canAsk()) {
    throw noneNamed(readings.services, offered, command);
  }
  const choices = offered.map((key) => ({ name: visible(key), value: key }));
  const key = await choose({ message: 'Which Service?', choices, filters: true }, signal);
  tell(`triage ${command} ${shellWord(key)}`);
  return wantedService(key, undefined);
}
