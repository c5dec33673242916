import { join } from 'node:path';
import { expect } from 'vitest';
import { factNames } from '../../src/core/cluster/kinds.ts';
import type { ClusterSource } from '../../src/core/cluster/cluster-source.ts';
import { openCluster } from '../../src/core/cluster/open-cluster.ts';
import type { KubeObject } from '../../src/core/facts/kube-objects.ts';
import type { Reading } from '../../src/core/facts/reading.ts';
import {
  type FactName,
  type LogExcerpt,
  type Snapshot,
  factsOftenLeftOut,
} from '../../src/core/facts/snapshot.ts';
import type { LiveCase } from '../testbed/incident.ts';
import type { Scenario } from '../testbed/scenario.ts';
import { shiftTimes } from '../testbed/time-shift.ts';

/** Live, events are asked for by the subject and the writer; a dump holds whatever was dumped. */
const COMPARED = factNames.filter((fact) => fact !== 'events');
/** What every API server makes for itself, and a fixture need not repeat. */
const SERVERS_OWN = ['/kube-node-lease', '/kube-public', '/kube-system', '/default'];

/** Fails unless the cluster that is shown is read as its files are. */
export async function expectSameReading(
  scenario: Scenario,
  { incident, variant }: Pick<LiveCase, 'incident' | 'variant'>,
): Promise<void> {
  const directory = join(incident.directory, variant);
  const live = await read({ kind: 'live', kubeconfig: scenario.kubeconfig });
  const dump = await read({ kind: 'recorded', path: directory, at: incident.at });
  const shift = { byMs: -scenario.shiftedMs, year: new Date().getUTCFullYear() };
  const moved = JSON.parse(shiftTimes(JSON.stringify(live), shift)) as Snapshot;
  for (const fact of COMPARED.filter((each) => isHeld(dump, each))) {
    expect({ [fact]: comparable(moved, fact) }).toEqual({ [fact]: comparable(dump, fact) });
  }
  // the log of FRR is only known from dumps
  const canBeHad = ({ namespace, pod, container }: LogExcerpt): boolean =>
    !scenario.silentPods.has(`${namespace}/${pod}`) && container !== 'frr';
  expect(moved.logs.filter(isRead)).toEqual(
    expect.arrayContaining(dump.logs.filter(isRead).filter(canBeHad)),
  );
  expect(moved.installations).toEqual(dump.installations);
  expect(moved.metallbResources).toEqual(dump.metallbResources);
}

/** A dump that was made for another question need not hold what only traffic is asked about. */
function isHeld({ readings }: Snapshot, fact: FactName): boolean {
  const reading: Reading<KubeObject> = readings[fact];
  return !(
    factsOftenLeftOut.includes(fact) &&
    reading.state === 'failed' &&
    reading.unheld === true
  );
}

async function read(source: ClusterSource): Promise<Snapshot> {
  const wanted = { facts: factNames, logs: ['controller', 'speaker'], service: undefined } as const;
  const reader = await openCluster(source);
  return reader.gather(wanted, new AbortController().signal);
}

function isRead({ lines }: LogExcerpt): boolean {
  return lines.state === 'read';
}

function comparable({ readings }: Snapshot, fact: FactName): object {
  const reading: Reading<KubeObject> = readings[fact];
  return reading.state === 'read'
    ? { state: 'read', items: reading.items.filter(isStated).map(plain).sort(byName) }
    : { state: reading.state };
}

function isStated({ kind, metadata }: KubeObject): boolean {
  return kind !== 'Namespace' || !SERVERS_OWN.includes(`/${metadata.name}`);
}

/** An object without what the API server fills in on reading, when nothing was stored. */
function plain(object: KubeObject): KubeObject {
  const { generation: _one, annotations, ...metadata } = object.metadata;
  const { 'deprecated.daemonset.template.generation': _zero, ...stated } = annotations;
  const bare = { ...object, metadata: { ...metadata, annotations: stated } };
  return 'spec' in bare && bare.kind === 'BGPPeer'
    ? Object.assign({}, bare, { spec: chosen(bare.spec) })
    : bare;
}

/** A spec without the defaults of its definition, which for a BGPPeer are all `false`. */
function chosen(spec: unknown): object {
  return Object.fromEntries(Object.entries(spec ?? {}).filter(([, value]) => value !== false));
}

function byName(left: KubeObject, right: KubeObject): number {
  return nameOf(left) < nameOf(right) ? -1 : 1;
}

function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
