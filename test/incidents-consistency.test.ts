import { expect, test } from 'vitest';
import { causeOf } from '../src/checks/causes.ts';
import { incidentNames, incidentOf, variantOf } from './incident-files.ts';
import type { Rule } from './incident-rules.ts';
import * as rules from './incident-rules.ts';

const names = incidentNames();
const recordings = names.flatMap((name) =>
  (['sick', 'healthy'] as const).map((variant) => ({
    title: `${name}/${variant}`,
    incident: incidentOf(name),
    recorded: variantOf(name, variant),
  })),
);

/** Recordings whose story is that the rule is broken. */
const storyBreaks: Readonly<Record<string, readonly string[]>> = {
  referencesResolve: ['stale-announcement-status/sick'],
  endpointsStandOnNodes: ['endpoints-without-node/sick'],
  addressesLieInTheirPool: [
    'address-outside-pools/sick',
    'address-outside-old-pools/sick',
    'namespace-terminating/sick',
    'rival-kube-vip/sick',
    'rival-k3s-servicelb/sick',
  ],
  addressesAreHeldOnce: [
    'duplicate-address/sick',
    'duplicate-after-pool-recreated/sick',
    'two-request-unread-and-duplicate/sick',
  ],
  poolStatusCounts: ['status-write-fails/sick', 'config-rejected/sick'],
};

const table: Readonly<Record<string, Rule>> = {
  uidsAreUnique: rules.uidsAreUnique,
  namesAreUnique: rules.namesAreUnique,
  emptyListsAreEmpty: rules.emptyListsAreEmpty,
  referencesResolve: rules.referencesResolve,
  portsAndClusterAddressesAreUnique: rules.portsAndClusterAddressesAreUnique,
  endpointsStandOnNodes: rules.endpointsStandOnNodes,
  addressesLieInTheirPool: rules.addressesLieInTheirPool,
  addressesAreHeldOnce: rules.addressesAreHeldOnce,
  poolStatusCounts: rules.poolStatusCounts,
  timesEndAtTheRecording: rules.timesEndAtTheRecording,
  logsFit: rules.logsFit,
  neighboursInEventsExist: rules.neighboursInEventsExist,
};

test.each(Object.entries(table))('%s in every recorded cluster', (name, rule) => {
  const broken = recordings
    .map(({ title, incident, recorded }) => [title, rule(recorded, incident)] as const)
    .filter(([, complaints]) => complaints.length > 0);
  const excused = new Set(storyBreaks[name]);
  expect(Object.fromEntries(broken.filter(([title]) => !excused.has(title)))).toEqual({});
  expect([...excused].filter((title) => !broken.some(([found]) => found === title))).toEqual([]);
});

test('every expectation is complete and uses the words of the catalogue', () => {
  for (const name of names) {
    const { expect: expected, command, subject, at } = incidentOf(name);
    const words = Object.values(expected).flatMap(({ causes, may = [] }) => [...causes, ...may]);
    expect(
      words.filter((cause) => causeOf(cause) === undefined),
      name,
    ).toEqual([]);
    expect([command, subject === null], name).toEqual([command, command === 'health']);
    expect(Number.isNaN(Date.parse(at)), name).toBe(false);
    expect(expected.healthy, name).toMatchObject({ exit: 0, causes: [] });
  }
});

test('both variants of an incident show the same nodes', () => {
  const nodesBy = (ending: string): readonly string[] =>
    recordings
      .filter(({ title }) => title.endsWith(ending))
      .map(({ recorded }) => rules.ofKind(recorded, 'Node').map(({ metadata }) => metadata.name))
      .map(String);
  expect(nodesBy('/sick')).toEqual(nodesBy('/healthy'));
});

test('every LoadBalancer Service of a healthy twin has an address', () => {
  const waiting = recordings
    .filter(({ title }) => title.endsWith('/healthy'))
    .flatMap(({ title, recorded }) =>
      rules
        .ofKind(recorded, 'Service')
        .filter((service) => service.spec?.['type'] === 'LoadBalancer')
        .filter((service) => rules.addressesOf(service).length === 0)
        .map(({ metadata }) => `${title}: ${metadata.name}`),
    );
  expect(waiting).toEqual([]);
});

test('the Service in question is part of the recording', () => {
  const lost = recordings.filter(({ incident, recorded }) => {
    const key = incident.subject;
    const keys = rules
      .ofKind(recorded, 'Service')
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
    return key !== null && !keys.includes(key);
  });
  expect(lost.map(({ title }) => title)).toEqual([]);
});
