import { shellWord } from '../diagnosis/kubectl.ts';
import type { Aim, AimedFlag } from '../report/aim.ts';
import type { SourceFlags } from './world.ts';

const ofTheServer = ['kubeconfig', 'context', 'as', 'as-group', 'as-uid'] as const;
const ofTheRecording = ['from', 'at'] as const;
const ofMetalLB = ['metallb-namespace'] as const;

type Name = (typeof ofTheServer | typeof ofTheRecording | typeof ofMetalLB)[number];

/** The flags of this run that the commands it prints must carry; kubectl knows nothing of a recording. */
export function aimOf(flags: SourceFlags): Aim {
  const picked = (names: readonly Name[]) => names.flatMap((name) => flagsNamed(name, flags[name]));
  return flags.from === undefined
    ? { kubectl: picked(ofTheServer), triage: picked([...ofTheServer, ...ofMetalLB]) }
    : { kubectl: [], triage: picked([...ofTheRecording, ...ofMetalLB]) };
}

function flagsNamed(
  name: Name,
  value: string | readonly string[] | undefined,
): readonly AimedFlag[] {
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return values.map((each) => ({ name, text: `--${name}=${shellWord(each)}` }));
}
