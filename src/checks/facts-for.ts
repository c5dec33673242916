import type { Check } from '../core/diagnosis/check.ts';
import type { FactKey } from '../core/diagnosis/facts.ts';
import type { Symptom } from '../core/facts/finding.ts';
import type { Wanted } from '../core/facts/ports.ts';
import type { FactName } from '../core/facts/snapshot.ts';
import { speakersToHear } from './answer/speakers-to-hear.ts';
import { checks as allChecks } from './index.ts';
import { announcingHelps, announcingNeeds } from './models/announcing/speakers-at-work.ts';

/**
 * Worth a call only when the configuration refers to them: namespaces when a pool selects them by label, the rest
 * when there is a BGPAdvertisement, and those of FRR-K8s when the speakers leave BGP to it.
 */
const ifSelected: readonly FactName[] = [
  'namespaces',
  'bfdProfiles',
  'bgpPeers',
  'communities',
  'serviceBGPStatuses',
  'bgpSessionStates',
  'frrNodeStates',
];

/** Worth a call only when there is no pool, where they may say why; to all Services also where layer 2 rests on them. */
const settings: readonly FactName[] = ['configMaps'];

/** One for each Service, and the logs that are read anyway say the same: heeded where a dump holds them. */
const notForAll: readonly FactName[] = ['serviceL2Statuses'];

/** The way of an address is drawn whichever checks are asked. */
const pathFacts: readonly FactKey[] = [
  'services',
  ...announcingNeeds,
  ...announcingHelps,
  'serviceL2Statuses',
  'serviceBGPStatuses',
  'events',
];

/** What has to be read to answer for `symptom`: the needs and helps of its checks, each once. */
export function factsFor(
  symptom: Symptom,
  service: Wanted['service'],
  checks: readonly Check[] = allChecks,
): Wanted {
  const asked = checks.filter((check) => check.symptoms.includes(symptom));
  const isTraffic = symptom === 'no-traffic';
  const keys = new Set<FactKey>([
    ...asked.flatMap((check) => [...check.needs, ...check.helps]),
    ...(isTraffic ? pathFacts : []),
  ]);
  const kinds = [...keys].filter(isKind).toSorted();
  const { selected, spared, never } = sparingFor(symptom);
  const left = [...selected, ...spared, ...never];
  return {
    facts: kinds.filter((kind) => !left.includes(kind)),
    factsIfSelected: selected.filter((kind) => keys.has(kind)),
    factsWithoutPools: spared.filter((kind) => keys.has(kind)),
    logs: [
      ...(keys.has('controllerLogs') ? (['controller'] as const) : []),
      ...(keys.has('speakerLogs') ? (['speaker'] as const) : []),
    ],
    service,
    ...(isTraffic && { backends: true as const, heard: speakersToHear(service) }),
  };
}

/** Which kinds are only read on a condition, and which not at all. */
function sparingFor(
  symptom: Symptom,
): Readonly<Record<'selected' | 'spared' | 'never', readonly FactName[]>> {
  switch (symptom) {
    case 'health':
      return { selected: [...ifSelected, ...settings], spared: [], never: notForAll };
    case 'no-traffic':
      // peers without any advertisement are a sign of their own, and a bad one keeps a speaker from its configuration
      return { selected: ifSelected.filter((fact) => fact !== 'bgpPeers'), spared: [], never: [] };
    case 'pending':
      return { selected: [], spared: settings, never: [] };
  }
}

function isKind(key: FactKey): key is FactName {
  return key !== 'wire' && !key.endsWith('Logs');
}
