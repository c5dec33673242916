import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { diagnose } from '../src/checks/diagnose.ts';
import { factsFor } from '../src/checks/facts-for.ts';
import { openCluster } from '../src/core/cluster/open-cluster.ts';
import type { Diagnosis, Symptom } from '../src/core/facts/finding.ts';
import type { Snapshot } from '../src/core/facts/snapshot.ts';

interface Expectation {
  readonly exit: number;
  readonly causes: readonly string[];
  readonly may?: readonly string[];
  readonly says?: readonly string[];
  readonly reach?: string;
}

interface Incident {
  readonly title: string;
  readonly at: string;
  readonly command: Symptom;
  readonly subject: string | null;
  readonly expect: { readonly sick: Expectation; readonly healthy: Expectation };
}

const here = import.meta.dirname;
const names = globSync('incidents/*/incident.yaml', { cwd: here })
  .map((path) => dirname(path).replace('incidents/', ''))
  .toSorted();
const exits = { healthy: 0, warnings: 0, problem: 1, unknown: 3 } as const;

function incidentOf(name: string): Incident {
  return parse(readFileSync(join(here, 'incidents', name, 'incident.yaml'), 'utf8')) as Incident;
}

async function snapshotOf(name: string, variant: 'sick' | 'healthy'): Promise<Snapshot> {
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

function answer(name: string, snapshot: Snapshot): Diagnosis {
  const { command, subject } = incidentOf(name);
  const { services } = snapshot.readings;
  const service =
    services.state === 'read'
      ? services.items.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === subject)
      : undefined;
  return diagnose({ symptom: command, snapshot, subject: service });
}

function causesIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.rootCauses.map(({ cause }) => cause);
}

function errorsIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.rootCauses
    .filter(({ severity }) => severity === 'error')
    .map(({ cause }) => cause);
}

describe.each(names)('%s', (name) => {
  const { expect: expected } = incidentOf(name);

  test.each(['sick', 'healthy'] as const)(
    '%s: its causes, its exit and its words',
    async (variant) => {
      const diagnosis = answer(name, await snapshotOf(name, variant));
      const wanted = expected[variant];
      const allowed = [...wanted.causes, ...(wanted.may ?? [])];
      const found = causesIn(diagnosis);

      expect({ first: found[0], exit: exits[diagnosis.outcome] }).toEqual({
        first: wanted.causes[0] ?? found[0],
        exit: wanted.exit,
      });
      expect(wanted.causes.filter((cause) => !found.includes(cause))).toEqual([]);
      expect(errorsIn(diagnosis).filter((cause) => !allowed.includes(cause))).toEqual([]);
      const text = JSON.stringify(diagnosis);
      expect((wanted.says ?? []).filter((fragment) => !text.includes(fragment))).toEqual([]);
      if (wanted.reach !== undefined) {
        expect(diagnosis.scope?.reach).toBe(wanted.reach);
      }
    },
  );
});
