import { intoDump } from './into-dump.ts';
import type { Diagnosis, Finding, MissingFact, Remedy, Verdict } from '../facts/finding.ts';

/** One flag in the words of the shell, ready to be put into a command. */
export interface AimedFlag {
  readonly name: string;
  /** `--context=lab`, quoted where the shell needs it. */
  readonly text: string;
}

/** The flags that make a told command go to the cluster that was asked. */
export interface Aim {
  readonly kubectl: readonly AimedFlag[];
  readonly triage: readonly AimedFlag[];
  /** The directory that was asked: what it lacks is collected into it. */
  readonly directory?: string;
}

/** Commands as they are: they go wherever kubectl goes by itself. */
export const asItStands: Aim = { kubectl: [], triage: [] };

/** The diagnosis with every command in it going to the cluster that was asked, not to the current one. */
export function aimedAt(diagnosis: Diagnosis, aim: Aim): Diagnosis {
  return {
    ...diagnosis,
    rootCauses: diagnosis.rootCauses.map((root) => ({
      ...root,
      remedies: root.remedies.map((remedy) => aimedRemedy(remedy, aim)),
    })),
    unknowns: diagnosis.unknowns.map((missing) => aimedMissing(missing, aim)),
    verdicts: diagnosis.verdicts.map((verdict) => aimedVerdict(verdict, aim)),
    ...(diagnosis.tests === undefined
      ? {}
      : { tests: diagnosis.tests.map((remedy) => aimedRemedy(remedy, aim)) }),
    next: diagnosis.next.map((command) => nextOf(command, diagnosis, aim)),
  };
}

/** What collects something that is missing goes where the next asking finds it. */
function nextOf(command: string, { unknowns }: Diagnosis, aim: Aim): string {
  return unknowns.some(({ collect }) => collect === command)
    ? collecting(command, aim)
    : aimedCommand(command, aim);
}

function collecting(command: string, aim: Aim): string {
  const { directory } = aim;
  return aimedCommand(directory === undefined ? command : intoDump(command, directory), aim);
}

function aimedRemedy(remedy: Remedy, aim: Aim): Remedy {
  const { command } = remedy;
  return command === undefined ? remedy : { ...remedy, command: aimedCommand(command, aim) };
}

/** What is missing, the command for it going to the cluster that was asked. */
export function aimedMissing(missing: MissingFact, aim: Aim): MissingFact {
  const { collect } = missing;
  return { ...missing, collect: collect === undefined ? undefined : collecting(collect, aim) };
}

function aimedVerdict(verdict: Verdict, aim: Aim): Verdict {
  switch (verdict.verdict) {
    case 'pass':
    case 'skipped':
      return verdict;
    case 'fail':
      return { ...verdict, findings: verdict.findings.map((each) => aimedFinding(each, aim)) };
    case 'unknown':
      return { ...verdict, missing: verdict.missing.map((each) => aimedMissing(each, aim)) };
  }
}

function aimedFinding(finding: Finding, aim: Aim): Finding {
  return { ...finding, suggests: finding.suggests.map((remedy) => aimedRemedy(remedy, aim)) };
}

/** A remark that ends with a command of triage, that going to the cluster that was asked. */
export function aimedNote(note: string, aim: Aim): string {
  const at = note.lastIndexOf(': triage ');
  return at === -1 ? note : `${note.slice(0, at + 2)}${aimedCommand(note.slice(at + 2), aim)}`;
}

const piece =
  /(?:'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^\s'"\\|&;()])+|(?<end>[|&;()\n]+)|(?<blank>[^\S\n]+)|[^]/gu;

interface Piece {
  readonly text: string;
  readonly kind: 'word' | 'blank' | 'end';
}

/** A shell line in which every kubectl and every triage gets its flags, also behind a pipe; a flag it has stays. */
export function aimedCommand(command: string, aim: Aim): string {
  if (aim.kubectl.length + aim.triage.length === 0) {
    return command;
  }
  const [, line = command, comment = ''] = /^(.*?)(\s#\s.*)?$/su.exec(command) ?? [];
  return (
    simpleCommands(piecesOf(line))
      .map((pieces) => aimedPieces(pieces, aim))
      .join('') + comment
  );
}

function piecesOf(line: string): readonly Piece[] {
  return [...line.matchAll(piece)].map(({ 0: text, groups }) => ({ text, kind: kindOf(groups) }));
}

function kindOf(groups: Readonly<Record<string, string | undefined>> | undefined): Piece['kind'] {
  if (groups?.['end'] !== undefined) {
    return 'end';
  }
  return groups?.['blank'] === undefined ? 'word' : 'blank';
}

/** What stands between pipes, semicolons and parentheses; each ends with its separator. */
function simpleCommands(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const ends = pieces.flatMap(({ kind }, index) => (kind === 'end' ? [index + 1] : []));
  const borders = [0, ...ends, pieces.length];
  return borders.slice(1).map((end, index) => pieces.slice(borders[index], end));
}

/** Words that run the command after them. */
const carriers: readonly string[] = ['do', 'env', 'sudo', 'then', 'time', 'watch', 'xargs'];

function aimedPieces(pieces: readonly Piece[], aim: Aim): string {
  const words = pieces.flatMap(({ kind, text }, index) =>
    kind === 'word' ? [{ text, index }] : [],
  );
  const first = words.findIndex(({ text }) => !carriers.includes(text) && !/^-|^"?\w+=/.test(text));
  const [program, second, third] = words.slice(first).map(({ text }) => text);
  const last = words.at(-1)?.index ?? 0;
  if (program === 'triage' || (program === 'kubectl' && second === 'triage')) {
    const command = program === 'triage' ? second : third;
    const isProbe = words.some(({ text }) => looks.includes(text));
    const flags = triageFlags(command, aim);
    // the wire is there only where the cluster is
    return withFlags(
      pieces,
      last,
      isProbe ? flags.filter(({ name }) => !ofFiles.includes(name)) : flags,
    );
  }
  return program === 'kubectl'
    ? withFlags(pieces, words[first]?.index ?? 0, kubectlFlags(second, aim))
    : textOf(pieces);
}

/** `kubectl config` speaks of the file, never of a cluster. */
function kubectlFlags(command: string | undefined, { kubectl }: Aim): readonly AimedFlag[] {
  return command === 'config' ? kubectl.filter(({ name }) => name === 'kubeconfig') : kubectl;
}

const ofFiles: readonly string[] = ['from', 'at'];
const looks: readonly string[] = ['--probe', '--from-node'];

const ofTheCluster: readonly string[] = [
  'pending',
  'no-traffic',
  'health',
  'doctor',
  'snapshot',
  'upgrade',
  'what-if',
  'pools',
  'announcers',
  'drill',
];

/** Commands that need no cluster do not know its flags; of all of them `rbac` asks where MetalLB runs. */
function triageFlags(command: string | undefined, { triage }: Aim): readonly AimedFlag[] {
  if (command !== undefined && ofTheCluster.includes(command)) {
    return triage;
  }
  return command === 'rbac' ? triage.filter(({ name }) => name === 'metallb-namespace') : [];
}

function withFlags(pieces: readonly Piece[], after: number, flags: readonly AimedFlag[]): string {
  const has = (name: string) =>
    pieces.some(({ text }) => text === `--${name}` || text.startsWith(`--${name}=`));
  const fresh = flags.filter(({ name }) => !has(name) && !(name.startsWith('as') && has('as')));
  const added = fresh.map(({ text }) => ` ${text}`).join('');
  return textOf(pieces.slice(0, after + 1)) + added + textOf(pieces.slice(after + 1));
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
