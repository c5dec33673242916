import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { diagnose } from '../src/checks/diagnose.ts';
import { factsFor } from '../src/checks/facts-for.ts';
import { openCluster } from '../src/core/cluster/open-cluster.ts';
import type { Diagnosis, Symptom } from '../src/core/facts/finding.ts';
import type { Snapshot } from '../src/core/facts/snapshot.ts';

/** What an incident says of the right answer. */
export interface Expectation {
  readonly exit: number;
  readonly causes: readonly string[];
  readonly may?: readonly string[];
  readonly says?: readonly string[];
  readonly reach?: string;
  /** What `health` says of the same cluster, where somebody asked. */
  readonly health?: { readonly exit: number; readonly causes: readonly string[] };
}

/** The file incident.yaml. */
export interface Incident {
  readonly title: string;
  readonly at: string;
  readonly command: Symptom;
  readonly subject: string | null;
  /** The only source that tells of the incident; a cluster seen without it looks healthy, and rightly so. */
  readonly toldOnlyBy?: 'logs';
  readonly expect: { readonly sick: Expectation; readonly healthy: Expectation };
}

const here = import.meta.dirname;
/** Every recorded incident. */
export const names = globSync('incidents/*/incident.yaml', { cwd: here })
  .map((path) => dirname(path).replace('incidents/', ''))
  .toSorted();
/** The exit code of each outcome. */
export const exits = { healthy: 0, warnings: 0, problem: 1, unknown: 3 } as const;

/** What incident.yaml says. */
export function incidentOf(name: string): Incident {
  const known = incidents.get(name) ?? readIncident(name);
  incidents.set(name, known);
  return known;
}

const incidents = new Map<string, Incident>();

function readIncident(name: string): Incident {
  return parse(readFileSync(join(here, 'incidents', name, 'incident.yaml'), 'utf8')) as Incident;
}

/** The cluster as recorded, read like any dump. */
export function snapshotOf(name: string, variant: 'sick' | 'healthy'): Promise<Snapshot> {
  const key = `${name}/${variant}`;
  const known = snapshots.get(key) ?? read(name, variant);
  snapshots.set(key, known);
  return known;
}

const snapshots = new Map<string, Promise<Snapshot>>();

async function read(name: string, variant: 'sick' | 'healthy'): Promise<Snapshot> {
  const { at, command, subject } = incidentOf(name);
  const reader = await openCluster({
    kind: 'recorded',
    path: join(here, 'incidents', name, variant),
    at,
  });
  return reader.gather(factsFor(command, serviceNamed(subject)), new AbortController().signal);
}

function serviceNamed(subject: string | null) {
  const [namespace, name] = subject?.split('/') ?? [];
  return name === undefined ? undefined : { namespace, name };
}

/** The incident's own question, put to a snapshot. */
export function answer(name: string, snapshot: Snapshot): Diagnosis {
  const { command, subject } = incidentOf(name);
  const { services } = snapshot.readings;
  const service =
    services.state === 'read'
      ? services.items.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === subject)
      : undefined;
  return diagnose({ symptom: command, snapshot, subject: service });
}

/** Every cause found, the first on top. */
export function causesIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.rootCauses.map(({ cause }) => cause);
}

/** The causes that make the answer a problem. */
export function errorsIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.rootCauses
    .filter(({ severity }) => severity === 'error')
    .map(({ cause }) => cause);
}
