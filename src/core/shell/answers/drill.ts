import { drill, type ThoughtOf } from '../../../checks/drill/drill.ts';
import { wantedForAnnouncers } from '../../../checks/announcers/announcers-standing.ts';
import { nearNames } from '../../cluster/near-names.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { drillSchemaVersion, type Drill, type DrillReport } from '../../facts/drill-report.ts';
import { UsageError } from '../../facts/errors.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { Node, Pod } from '../../facts/kube-objects.ts';
import type { ClusterReader } from '../../facts/ports.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { aimedNote, type Aim } from '../../report/aim.ts';
import { toldMissing } from '../../report/refused.ts';
import { reported } from '../../report/reported.ts';
import { someOf } from '../../facts/in-words.ts';

/** What goes, as it was typed; exactly one of them is set. */
export interface DrillFlags {
  readonly node?: readonly string[] | undefined;
  readonly speaker?: string | undefined;
  readonly zone?: string | undefined;
  readonly each?: boolean | undefined;
}

/** Refuses a drill in which nothing goes, or what goes is not one thing, before anything is read. */
export function refuseIdleDrill({ node = [], speaker, zone, each }: DrillFlags): void {
  const typed = [node.length > 0, speaker !== undefined, zone !== undefined, each === true];
  if (typed.filter(Boolean).length > 1) {
    throw new UsageError('say one of --node, --speaker, --zone, --each', {
      suggestions: ['triage drill --each'],
    });
  }
  if (node.length === 0 && speaker === undefined && zone === undefined && each !== true) {
    throw new UsageError('say what goes: --node, --speaker, --zone, or --each for every node', {
      suggestions: ['triage drill --each', 'triage drill --node NAME'],
    });
  }
}

/** Reads everything that decides who announces. */
export async function readForDrill(world: ClusterReader, signal: AbortSignal): Promise<Snapshot> {
  return await world.gather(wantedForAnnouncers(undefined), signal);
}

/** The drill as it is printed. */
export function drillReport(
  snapshot: Snapshot,
  flags: DrillFlags,
  { version, aim }: { readonly version: string; readonly aim: Aim },
): DrillReport {
  const found = drill(snapshot, thoughtOf(flags, snapshot));
  return {
    schemaVersion: drillSchemaVersion,
    ...reported(
      { command: 'drill', version, snapshot },
      {
        exitCode: exitOf(found, snapshot),
        ...found,
        notes: found.notes.map((note) => aimedNote(note, aim)),
        unknowns: found.unknowns.map((missing) => toldMissing(missing, aim)),
      },
    ),
  };
}

/** An address that nobody would announce is a problem, whether it is lost by the drill or was before. */
function exitOf(
  { addresses, nodes, already, open, presumes, unknowns }: Drill,
  { installations }: Snapshot,
): ExitCode {
  const isLost =
    already > 0 ||
    addresses.some(({ outcome }) => outcome === 'lost') ||
    nodes.some(({ lost }) => lost > 0);
  if (isLost) {
    return Exit.problem;
  }
  return unknowns.length > 0 || open > 0 || presumes !== undefined || installations.length === 0
    ? Exit.unknown
    : Exit.healthy;
}

/** Names are only judged where the nodes could be read. */
function thoughtOf({ node = [], speaker, zone, each }: DrillFlags, snapshot: Snapshot): ThoughtOf {
  const { nodes, pods } = snapshot.readings;
  const all = itemsIfRead(nodes);
  if (each === true) {
    return { kind: 'each' };
  }
  if (speaker !== undefined) {
    return { kind: 'speakers', nodes: pods.state === 'read' ? [nodeOf(speaker, snapshot)] : [] };
  }
  if (zone !== undefined) {
    return { kind: 'nodes', nodes: nodes.state === 'read' ? nodesIn(zone, all) : [] };
  }
  const names = all.map(({ metadata }) => metadata.name);
  const stranger = nodes.state === 'read' ? node.find((name) => !names.includes(name)) : undefined;
  if (stranger !== undefined) {
    throw notThere('node', stranger, names);
  }
  return { kind: 'nodes', nodes: [...new Set(node)] };
}

function nodeOf(speaker: string, { readings, installations }: Snapshot): string {
  const home = installations[0]?.namespace;
  const pods = itemsIfRead(readings.pods).filter(({ metadata }) => metadata.namespace === home);
  const pod = pods.find(({ metadata }) => metadata.name === speaker.replace(/^pods?\//, ''));
  if (pod === undefined) {
    throw notThere(
      'speaker',
      speaker,
      pods.filter(isSpeaker).map(({ metadata }) => metadata.name),
    );
  }
  if (!isSpeaker(pod) || pod.spec.nodeName === undefined) {
    throw new UsageError(`pod ${speaker} is no speaker that runs on a node`);
  }
  return pod.spec.nodeName;
}

function isSpeaker({ spec }: Pod): boolean {
  return spec.containers.some(({ name }) => name.endsWith('speaker'));
}

const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

function zoneOf({ metadata }: Node): string | undefined {
  const labels = new Map(Object.entries(metadata.labels));
  return zoneLabels.map((label) => labels.get(label)).find((value) => value !== undefined);
}

function nodesIn(zone: string, nodes: readonly Node[]): readonly string[] {
  const inside = nodes.filter((node) => zoneOf(node) === zone);
  if (inside.length === 0) {
    const zones = [...new Set(nodes.flatMap((node) => zoneOf(node) ?? []))];
    throw zones.length === 0
      ? new UsageError(`no node is in a zone: none has the label ${zoneLabels[0] ?? ''}`)
      : notThere('zone', zone, zones);
  }
  return inside.map(({ metadata }) => metadata.name);
}

const offered = 5;

/** With the names that look like it, or else with some that there are. */
function notThere(
  what: 'node' | 'speaker' | 'zone',
  name: string,
  names: readonly string[],
): UsageError {
  const near = nearNames(name, names);
  const others = names.toSorted().slice(0, offered);
  const told =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : `there ${names.length === 1 ? 'is' : 'are'} ${someOf(names.toSorted(), offered)}`;
  return new UsageError(
    `there is no ${what} ${name}; ${names.length === 0 ? 'there is none at all' : told}`,
    {
      suggestions: (near.length > 0 ? near : others).map(
        (each) => `triage drill --${what} ${shellWord(each)}`,
      ),
    },
  );
}
