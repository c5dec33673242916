import { describe, expect, test } from 'vitest';
import { defineCheck } from '../../../src/core/diagnosis/check.ts';
import { judge } from '../../../src/core/diagnosis/judge.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';

const found = {
  cause: 'some-cause',
  severity: 'error',
  about: { kind: 'Service', namespace: 'a', name: 'b' },
  affects: [],
  says: 'it is broken',
  details: [],
  because: [],
  suggests: [],
} as const;

const base = {
  id: 'MLB-T01',
  asks: 'Is it broken?',
  symptoms: ['health'],
  causes: ['some-cause'],
} as const;

const needsServices = defineCheck({
  ...base,
  needs: ['services'],
  helps: ['events'],
  enoughInNamespace: ['services'],
  run: ({ services }) => (services.length > 1 ? [found] : []),
});

const needsPods = defineCheck({ ...base, needs: ['pods'], helps: [], run: () => [] });

const needsDaemonSetsEverywhere = defineCheck({
  ...base,
  needs: ['daemonSets'],
  helps: [],
  everywhere: ['daemonSets'],
  run: () => [],
});

function verdictOf(check: typeof needsServices, builder: SnapshotBuilder, subject = false) {
  const service = subject ? aService('shop/checkout') : undefined;
  return judge(check, materialFrom(builder.build()), service).verdict;
}

const head = { check: 'MLB-T01', asks: 'Is it broken?' };

const hearsEvents = defineCheck({
  ...base,
  needs: ['services'],
  helps: ['events'],
  byWordsAlone: true,
  run: ({ services }) => (services.length > 1 ? [found] : []),
});

describe('what is to be collected', () => {
  const hearsLogs = defineCheck({
    ...base,
    needs: ['controllerLogs', 'speakerLogs'],
    helps: [],
    run: () => [],
  });
  const commandsIn = (builder: SnapshotBuilder) => {
    const gone = { previous: false, lines: { state: 'failed', reason: 'gone' } } as const;
    const namespace = builder.build().installations[0]?.namespace ?? '';
    const logs = ['controller', 'speaker'].map((container) => ({
      ...gone,
      namespace,
      pod: `${container}-0`,
      container,
    }));
    const verdict = verdictOf(hearsLogs, builder.withSnapshot({ logs }));
    return verdict.verdict === 'unknown' ? verdict.missing.map(({ collect }) => collect) : [];
  };

  test('names the programs as the chart has named them', () => {
    const installation = {
      namespace: 'lb',
      controller: { kind: 'Deployment', name: 'edge-metallb-controller' },
      speaker: { kind: 'DaemonSet', name: 'edge-metallb-speaker' },
    };
    expect(commandsIn(aSnapshot().withInstallation(installation))).toEqual([
      'kubectl -n lb logs deployment/edge-metallb-controller --tail=200',
      'kubectl -n lb logs daemonset/edge-metallb-speaker --tail=200',
    ]);
  });

  test('names them as the manifests do where nobody knows better', () => {
    const installations = [
      { namespace: 'metallb-system', ignoresExcludeLabel: false, foundBy: [] },
    ];
    expect(commandsIn(aSnapshot().withSnapshot({ installations }))).toEqual([
      'kubectl -n metallb-system logs deployment/controller --tail=200',
      'kubectl -n metallb-system logs daemonset/speaker --tail=200',
    ]);
  });
});

describe('a check that goes by events alone', () => {
  const withEvents = (chosen: boolean, services: readonly string[]) => {
    const snapshot = aSnapshot()
      .withService(...services.map((key) => aService(key)))
      .build();
    const events = { state: 'read', items: [], ...(chosen && { chosen: true as const }) } as const;
    const material = materialFrom({ ...snapshot, readings: { ...snapshot.readings, events } });
    return judge(hearsEvents, material, undefined).verdict;
  };

  test('passes over all events', () => {
    expect(withEvents(false, [])).toEqual({ ...head, verdict: 'pass' });
  });

  test('rules nothing out when only some of them were read', () => {
    expect(withEvents(true, [])).toEqual({
      ...head,
      verdict: 'skipped',
      why: 'only the events nearest to the question were read; files with all events would tell',
    });
  });

  test('still tells what it finds in some of them', () => {
    expect(withEvents(true, ['a/b', 'a/c'])).toMatchObject({ verdict: 'fail' });
  });
});

describe('one check', () => {
  test('passes when it finds nothing', () => {
    expect(verdictOf(needsServices, aSnapshot())).toEqual({ ...head, verdict: 'pass' });
  });

  test('fails with its findings, which carry its id', () => {
    const builder = aSnapshot().withService(aService('a/b'), aService('a/c'));
    expect(verdictOf(needsServices, builder)).toEqual({
      ...head,
      verdict: 'fail',
      findings: [{ check: 'MLB-T01', ...found }],
    });
  });

  test('is not asked when a need is forbidden, and names the right', () => {
    expect(verdictOf(needsServices, aSnapshot().forbidding('services'))).toEqual({
      ...head,
      verdict: 'unknown',
      missing: [
        {
          fact: 'services',
          why: 'you may not list services',
          permission: 'list services',
          collect: 'kubectl get services -A -o yaml',
        },
      ],
    });
  });

  test('is not asked when a need failed, and says why', () => {
    const builder = aSnapshot().withReading('services', { state: 'failed', reason: 'cut off' });
    expect(verdictOf(needsServices, builder)).toEqual({
      ...head,
      verdict: 'unknown',
      missing: [
        {
          fact: 'services',
          why: 'cut off',
          permission: undefined,
          collect: 'kubectl get services -A -o yaml',
        },
      ],
    });
  });

  test('is skipped when the server does not serve a need', () => {
    const builder = aSnapshot().withReading('services', { state: 'absent' });
    expect(verdictOf(needsServices, builder)).toEqual({
      ...head,
      verdict: 'skipped',
      why: 'the API server does not serve services',
    });
  });

  test('that breaks is unknown and asks to be reported', () => {
    const broken = defineCheck({
      ...base,
      needs: [],
      helps: [],
      run: () => {
        throw new TypeError('x is undefined');
      },
    });
    expect(verdictOf(broken, aSnapshot())).toEqual({
      ...head,
      verdict: 'unknown',
      missing: [
        {
          fact: 'the answer of MLB-T01',
          why: 'the check broke: x is undefined; this is a fault of triage, please report it',
          permission: undefined,
          collect: undefined,
        },
      ],
    });
  });

  test('says itself when its question does not arise', () => {
    const skipping = defineCheck({
      ...base,
      needs: ['services'],
      helps: [],
      skipWhen: () => 'not today',
      run: () => [found],
    });
    expect(verdictOf(skipping, aSnapshot())).toEqual({
      ...head,
      verdict: 'skipped',
      why: 'not today',
    });
  });
});

describe('a list of one namespace', () => {
  const within = (namespace: string) =>
    aSnapshot().withReading('services', {
      state: 'read',
      items: [aService('shop/checkout')],
      within: namespace,
    });

  test('is not the whole cluster', () => {
    expect(verdictOf(needsServices, within('shop')).verdict).toBe('unknown');
  });

  test('is enough for a check that only asks about that namespace', () => {
    expect(verdictOf(needsServices, within('shop'), true).verdict).toBe('pass');
    expect(verdictOf(needsServices, within('other'), true).verdict).toBe('unknown');
  });

  test("of MetalLB's own objects is enough when it is MetalLB's namespace", () => {
    const pods = (namespace: string) =>
      aSnapshot().withReading('pods', { state: 'read', items: [], within: namespace });
    expect(verdictOf(needsPods, pods('metallb-system')).verdict).toBe('pass');
    expect(verdictOf(needsPods, pods('default')).verdict).toBe('unknown');
  });

  test('is never enough for a check that looks everywhere', () => {
    const builder = aSnapshot().withReading('daemonSets', {
      state: 'read',
      items: [],
      within: 'metallb-system',
    });
    expect(verdictOf(needsDaemonSetsEverywhere, builder).verdict).toBe('unknown');
  });
});

test('what may be listed in some namespaces only leaves a right missing', () => {
  const within = ['default', 'shop'];
  const reading = { state: 'read', items: [], within, rest: 'denied' } as const;
  expect(verdictOf(needsServices, aSnapshot().withReading('services', reading))).toMatchObject({
    verdict: 'unknown',
    missing: [
      {
        fact: 'services',
        why: 'only the namespaces default and shop could be read',
        permission: 'list services',
      },
    ],
  });
});

describe('a dump of some namespaces', () => {
  const within = ['default', 'shop'];
  const ofServices = aSnapshot().withReading('services', { state: 'read', items: [], within });

  test('is not the whole cluster, and no right is missing', () => {
    expect(verdictOf(needsServices, ofServices)).toMatchObject({
      verdict: 'unknown',
      missing: [
        {
          fact: 'services',
          why: 'the dump covers only the namespaces default and shop',
          permission: undefined,
        },
      ],
    });
  });

  test('is enough for a check that only asks about one of them', () => {
    expect(verdictOf(needsServices, ofServices, true).verdict).toBe('pass');
  });

  test("is enough for MetalLB's own objects only when its namespace is among them", () => {
    const pods = (...names: readonly string[]) =>
      aSnapshot().withReading('pods', { state: 'read', items: [], within: names });
    expect(verdictOf(needsPods, pods('default', 'metallb-system')).verdict).toBe('pass');
    expect(verdictOf(needsPods, pods('default', 'shop')).verdict).toBe('unknown');
  });
});

describe('facts that only help', () => {
  const seen: string[] = [];
  const curious = defineCheck({
    ...base,
    needs: ['services'],
    helps: ['events', 'controllerLogs'],
    run: (facts) => {
      seen.push(
        facts.events.state,
        facts.controllerLogs.state,
        Object.keys(facts).toSorted().join(),
      );
      return [];
    },
  });

  test('arrive as readings, and nothing arrives that was not declared', () => {
    seen.length = 0;
    verdictOf(curious, aSnapshot().forbidding('events').withSnapshot({ logs: [] }));
    expect(seen).toEqual([
      'forbidden',
      'absent',
      'apiGroups,controllerLogs,events,firstHand,installation,installations,metallbDefinedAt,metallbResources,run,services,takenAt',
    ]);
  });

  test('are named when they were denied, without weight for the verdict', () => {
    const judgement = judge(
      curious,
      materialFrom(aSnapshot().forbidding('events').build()),
      undefined,
    );
    expect(judgement.verdict.verdict).toBe('pass');
    expect(judgement.deniedHelp.map(({ permission }) => permission)).toEqual(['list events']);
  });

  test('become needs when the configuration makes them so', () => {
    const demanding = defineCheck({
      ...base,
      needs: ['services'],
      helps: ['namespaces'],
      alsoNeeds: ({ services }) => (services.length > 0 ? ['namespaces'] : []),
      run: () => [],
    });
    const builder = aSnapshot().forbidding('namespaces');
    expect(verdictOf(demanding, builder).verdict).toBe('pass');
    expect(verdictOf(demanding, builder.withService(aService('a/b'))).verdict).toBe('unknown');
  });
});
