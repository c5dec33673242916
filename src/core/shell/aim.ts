import { statSync } from 'node:fs';
import { shellWord } from '../diagnosis/kubectl.ts';
import type { AccessFlag, Snapshot, Target } from '../facts/snapshot.ts';
import type { Aim, AimedFlag } from '../report/aim.ts';
import { sharedNotice } from '../share/shared-notice.ts';
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

/**
 * The flags to keep with what is read from a recording that has some already. A live run's stay, so that its replay prints
 * the same; where they name files, or are replaced by tokens, they lead nowhere, and the file given now takes their place.
 */
export function flagsOfReplay(
  { notices = [], target }: Pick<Snapshot, 'notices' | 'target'>,
  given: readonly AccessFlag[],
): readonly AccessFlag[] {
  const { flags: recorded } = target;
  if (recorded === undefined) {
    return given;
  }
  const isFile = ({ name }: AccessFlag) => ofFiles.some((each) => each === name);
  const leadsNowhere = recorded.some(isFile) || notices.includes(sharedNotice);
  const fresh = leadsNowhere ? given : given.filter((flag) => !isFile(flag));
  const isKept = (flag: AccessFlag) =>
    !(leadsNowhere && isFile(flag)) && !fresh.some(({ name }) => name === flag.name);
  return [...fresh, ...recorded.filter(isKept)];
}

/** Names are checked again: a recording comes from outside. A file is asked, or a server, and never both. */
function aimWith(flags: readonly AccessFlag[]): Aim {
  const places = flags.some(({ name }) => name === 'from') ? ofFiles : ofTheServer;
  const named = (names: readonly string[]) =>
    flags.filter(({ name }) => names.includes(name)).map(aimedFlag);
  const directory = flags.find(({ name, value }) => name === 'from' && isDirectory(value))?.value;
  return {
    kubectl: named(ofTheServer),
    triage: named([...places, ...ofMetalLB]),
    ...(directory === undefined ? {} : { directory }),
  };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
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
