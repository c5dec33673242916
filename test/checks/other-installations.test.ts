import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import type { Diagnosis } from '../../src/core/facts/finding.ts';
import type { Service } from '../../src/core/facts/kube-objects.ts';
import { itemsIfRead } from '../../src/core/facts/reading.ts';
import type { Snapshot } from '../../src/core/facts/snapshot.ts';
import { snapshotOf } from '../incidents-at-hand.ts';

function health(snapshot: Snapshot): Diagnosis {
  return diagnose({ symptom: 'health', snapshot, subject: undefined });
}

function told({ rootCauses }: Diagnosis) {
  return rootCauses.map(({ cause, severity, about, explains }) => ({
    cause,
    severity,
    about: `${about.namespace}/${about.name}`,
    explains: explains.map(({ name }) => name),
  }));
}

function withServices(snapshot: Snapshot, change: (service: Service) => readonly Service[]) {
  const services = {
    state: 'read',
    items: itemsIfRead(snapshot.readings.services).flatMap(change),
  } as const;
  return { ...snapshot, readings: { ...snapshot.readings, services } };
}

const crash = {
  cause: 'api-server-unreachable',
  severity: 'error',
  about: 'metallb-two/controller-7f9b5c6d4-q8wzt',
  explains: ['checkout'],
};

describe('two installations of MetalLB, each with a class of its own', () => {
  test('health names the trouble of the second, with the Services it strikes', async () => {
    const diagnosis = health(await snapshotOf('two-installations', 'sick'));
    expect(told(diagnosis)).toEqual([crash]);
    expect(diagnosis.headline).toMatch(/\(in metallb-two, which serves example\.net\/edge\)$/);
    expect(diagnosis.scope?.reach).toBe('service');
  });

  test('trouble of the first is told of the first alone', async () => {
    const snapshot = await snapshotOf('two-installations', 'sick');
    const swapped = { ...snapshot, installations: snapshot.installations.toReversed() };
    const diagnosis = health(swapped);
    expect(told(diagnosis).map(({ cause, about }) => [cause, about])).toEqual([
      [crash.cause, crash.about],
    ]);
  });

  test('an installation that serves no Service is worth a warning', async () => {
    const snapshot = await snapshotOf('two-installations', 'sick');
    const quiet = withServices(snapshot, (service) =>
      service.metadata.name === 'checkout' ? [] : [service],
    );
    expect(told(health(quiet))).toEqual([{ ...crash, severity: 'warning', explains: [] }]);
  });

  test('two healthy ones are healthy', async () => {
    const diagnosis = health(await snapshotOf('two-installations', 'healthy'));
    expect([diagnosis.outcome, told(diagnosis)]).toEqual(['healthy', []]);
  });

  test('a class that neither serves is told with the classes that are served', async () => {
    const snapshot = await snapshotOf('two-installations', 'healthy');
    const foreign = withServices(snapshot, (service) =>
      service.metadata.name === 'checkout'
        ? [
            {
              ...service,
              spec: { ...service.spec, loadBalancerClass: 'nobody.net/lb' },
              status: { ...service.status, ingress: [] },
            },
          ]
        : [service],
    );
    const subject = itemsIfRead(foreign.readings.services).find(
      ({ metadata }) => metadata.name === 'checkout',
    );
    const [first] = diagnose({ symptom: 'pending', snapshot: foreign, subject }).rootCauses;
    expect(first?.cause).toBe('class-not-handled');
    expect(first?.details).toEqual(
      expect.arrayContaining([
        'MetalLB in metallb-system serves Services without a class',
        'MetalLB in metallb-two serves example.net/edge',
      ]),
    );
    expect(told(health(foreign)).map(({ cause }) => cause)).toEqual(['class-not-handled']);
  });
});
