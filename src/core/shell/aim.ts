import { shellWord } from '../diagnosis/kubectl.ts';
import type { AccessFlag, Target } from '../facts/snapshot.ts';
import type { Aim, AimedFlag } from '../report/aim.ts';
import type { SourceFlags } from './world.ts';

const ofTheServer = ['kubeconfig', 'context', 'as', 'as-group', 'as-uid'] as const;
const ofMetalLB = ['metallb-namespace'] as const;
const ofFiles = ['from', 'at'] as const;

type Name = (typeof ofTheServer | typeof ofMetalLB | typeof ofFiles)[number];

/** The flags that chose a cluster or files, to be kept with what is read. */
export function accessFlags(flags: SourceFlags): readonly AccessFlag[] {
  return picked(flags, [...(flags.from === undefined ? ofTheServer : ofFiles), ...ofMetalLB]);
}

/** The flags of this run that the commands it prints must carry; kubectl knows nothing of files. */
export function aimOf(flags: SourceFlags): Aim {
  return aimWith(accessFlags(flags));
}

/** A recording is told with the flags it was made with, so that a replay prints what the run printed. */
export function aimLike({ flags }: Target): Aim | undefined {
  return flags === undefined ? undefined : aimWith(flags);
}

/** Names are checked again: a recording comes from outside. */
function aimWith(flags: readonly AccessFlag[]): Aim {
  const named = (names: readonly string[]) =>
    flags.filter(({ name }) => names.includes(name)).map(aimedFlag);
  return { kubectl: named(ofTheServer), triage: named([...ofTheServer, ...ofFiles, ...ofMetalLB]) };
}

function aimedFlag({ name, value }: AccessFlag): AimedFlag {
  return { name, text: `--${name}=${shellWord(value)}` };
}

function picked(flags: SourceFlags, names: readonly Name[]): readonly AccessFlag[] {
  return names.flatMap((name) => {
    const value = flags[name];
    const values = typeof value === 'string' ? [value] : (value ?? []);
    return values.map((each) => ({ name, value: each }));
  });
}
