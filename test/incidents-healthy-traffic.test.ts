import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../src/checks/diagnose.ts';
import { factsFor } from '../src/checks/facts-for.ts';
import { openCluster } from '../src/core/cluster/open-cluster.ts';
import type { Diagnosis } from '../src/core/facts/finding.ts';
import type { Service } from '../src/core/facts/kube-objects.ts';
import { itemsIfRead } from '../src/core/facts/reading.ts';
import { incidentOf, names } from './incidents-at-hand.ts';

/** Clusters without the fault of their incident where an answer about traffic is not "in order" all the same. */
const justified: ReadonlyMap<string, string> = new Map([
  ['config-rejected', 'shop/old-api has an address and no pod: nothing arrives there'],
  ['frr-k8s-crashes', 'the dump holds nothing of what FRR-K8s and the speakers write of BGP'],
  ['pool-exhausted-partial-dump', 'the dump holds no nodes, which is what it is about'],
]);

/** Nobody collected these before traffic was asked about: dumps made for another question may lack them. */
const onlyForTraffic: readonly string[] = ['networkpolicies', 'pods'];

const never = new AbortController().signal;

async function answersOf(name: string): Promise<readonly (readonly [string, Diagnosis])[]> {
  const { at } = incidentOf(name);
  const path = join(import.meta.dirname, 'incidents', name, 'healthy');
  const reader = await openCluster({ kind: 'recorded', path, at });
  const { readings } = await reader.gather(factsFor('no-traffic', undefined), never);
  const served = itemsIfRead(readings.services).filter(
    ({ spec, status }) => spec.type === 'LoadBalancer' && status.ingress.length > 0,
  );
  return await Promise.all(served.map((service) => answerOn(service, reader)));
}

async function answerOn(
  { metadata: { name, namespace } }: Service,
  reader: Awaited<ReturnType<typeof openCluster>>,
): Promise<readonly [string, Diagnosis]> {
  const snapshot = await reader.gather(factsFor('no-traffic', { namespace, name }), never);
  const subject = itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  return [`${namespace}/${name}`, diagnose({ symptom: 'no-traffic', snapshot, subject })];
}

/** What stands against "in order", a line each. */
function complaints(name: string, [key, diagnosis]: readonly [string, Diagnosis]) {
  const { command } = incidentOf(name);
  const told = diagnosis.rootCauses.filter(({ severity }) => severity !== 'info');
  const missing = diagnosis.unknowns
    .map(({ fact }) => fact)
    .filter((fact) => command === 'no-traffic' || !onlyForTraffic.includes(fact));
  const isAlone = diagnosis.outcome === 'healthy' || diagnosis.unknowns.length > 0;
  return [
    ...told.map(({ cause, says }) => `${key}: ${cause}: ${says}`),
    ...missing.map((fact) => `${key}: ${fact} not known`),
    ...(isAlone || told.length > 0 ? [] : [`${key}: ${diagnosis.outcome}`]),
  ];
}

describe('no-traffic of every Service with an address', () => {
  test.each(names.filter((name) => !justified.has(name)))('%s: in order', async (name) => {
    const answers = await answersOf(name);
    expect(answers.flatMap((each) => complaints(name, each))).toEqual([]);
  });

  test.each([...justified.keys()])('%s: not in order, and why is known', async (name) => {
    const answers = await answersOf(name);
    expect(answers.flatMap((each) => complaints(name, each))).not.toEqual([]);
  });
});
