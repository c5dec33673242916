import { describe, expect, test } from 'vitest';
import { causes } from '../../src/checks/causes.ts';
import { checks } from '../../src/checks/index.ts';
import { stages } from '../../src/core/diagnosis/cause.ts';
import type { FactKey } from '../../src/core/diagnosis/facts.ts';
import type { FactName } from '../../src/core/facts/snapshot.ts';
import { allocationCases, selectingPool } from './allocation-cases.ts';
import { allocationTold } from './allocation-told.ts';
import { bgpCases } from './bgp-cases.ts';
import { bgpTold } from './bgp-told.ts';
import { checkOf, serviceIn, told, verdictOf } from './case.ts';
import { claimedElsewhereCases } from './claimed-elsewhere-cases.ts';
import { claimedElsewhereTold } from './claimed-elsewhere-told.ts';
import { configurationCases } from './configuration-cases.ts';
import { configurationTold } from './configuration-told.ts';
import { healthCases } from './health-cases.ts';
import { healthTold } from './health-told.ts';
import { installationCases } from './installation-cases.ts';
import { installationTold } from './installation-told.ts';
import { layer2Cases } from './layer2-cases.ts';
import { layer2EverywhereCases } from './layer2-everywhere-cases.ts';
import { layer2LogsCases } from './layer2-logs-cases.ts';
import { layer2LogsTold } from './layer2-logs-told.ts';
import { layer2SubnetCases } from './layer2-subnet-cases.ts';
import { layer2SubnetTold } from './layer2-subnet-told.ts';
import { layer2Told } from './layer2-told.ts';
import { moveCases } from './move-cases.ts';
import { moveTold } from './move-told.ts';
import { pluginCases } from './plugin-cases.ts';
import { pluginTold } from './plugin-told.ts';
import { requestCases } from './request-cases.ts';
import { requestTold } from './request-told.ts';

import { triedCases } from './tried-cases.ts';
import { triedTold } from './tried-told.ts';
import { trafficCases } from './traffic-cases.ts';
import { trafficTold } from './traffic-told.ts';
import { surroundingCases } from './surrounding-cases.ts';
import { surroundingTold } from './surrounding-told.ts';
import { wireCases } from './wire-cases.ts';
import { wireTold } from './wire-told.ts';

const cases = [
  ...surroundingCases,
  ...installationCases,
  ...configurationCases,
  ...allocationCases,
  ...healthCases,
  ...requestCases,
  ...moveCases,
  ...claimedElsewhereCases,
  ...trafficCases,
  ...pluginCases,
  ...triedCases,
  ...layer2Cases,
  ...layer2EverywhereCases,
  ...layer2LogsCases,
  ...layer2SubnetCases,
  ...wireCases,
  ...bgpCases,
];
const expected = {
  ...surroundingTold,
  ...installationTold,
  ...configurationTold,
  ...allocationTold,
  ...healthTold,
  ...requestTold,
  ...moveTold,
  ...claimedElsewhereTold,
  ...trafficTold,
  ...pluginTold,
  ...triedTold,
  ...layer2Told,
  ...layer2LogsTold,
  ...layer2SubnetTold,
  ...wireTold,
  ...bgpTold,
};

describe.each(cases)('$check: $title', ({ check, title, sick, healthy, subject }) => {
  test('the sick cluster is told in full', () => {
    const verdict = verdictOf(check, sick, serviceIn(sick.build(), subject));
    expect(told(verdict)).toEqual(expected[`${check} ${title}`]);
  });

  test('the healthy twin passes', () => {
    const verdict = verdictOf(check, healthy, serviceIn(healthy.build(), subject));
    expect(verdict.verdict).toBe('pass');
  });

  test('without the right to read what it needs, it says so and names the right', () => {
    const needs = checkOf(check).needs.filter(isKind);
    const answers = needs.map((kind) => {
      const verdict = verdictOf(check, sick.forbidding(kind), serviceIn(sick.build(), subject));
      return verdict.verdict === 'unknown'
        ? verdict.missing.map(({ permission }) => permission)
        : verdict;
    });
    expect(answers).toEqual(needs.map((kind) => [`list ${kind}`]));
  });

  test('without anything that only helps, the cause is never ruled out', () => {
    const helps = checkOf(check).helps.filter(isKind);
    const verdict = verdictOf(check, sick.forbidding(...helps), serviceIn(sick.build(), subject));
    expect(verdict.verdict).not.toBe('pass');
  });
});

test('pools that choose namespaces by label make namespaces a need', () => {
  const service = serviceIn(selectingPool.build(), 'shop/checkout');
  expect(verdictOf('MLB-A04', selectingPool, service).verdict).toBe('pass');
  expect(verdictOf('MLB-A04', selectingPool.forbidding('namespaces'), service)).toEqual({
    check: 'MLB-A04',
    asks: 'Is any pool open to the Service?',
    verdict: 'unknown',
    missing: [
      {
        fact: 'namespaces',
        why: 'you may not list namespaces',
        permission: 'list namespaces',
        collect: 'kubectl get namespaces -o yaml',
      },
    ],
  });
});

describe('the catalogue', () => {
  test('every check has a case, an id of its own and known causes', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !cases.some(({ check }) => check === id))).toEqual([]);
    const known = causes.map(({ id }) => id);
    expect(checks.flatMap((check) => check.causes).filter((id) => !known.includes(id))).toEqual([]);
  });

  test('every cause can be found by a check, is complete, and explains only causes there are', () => {
    const findable = new Set(checks.flatMap((check) => check.causes));
    const known = causes.map(({ id }) => id);
    expect(known.filter((id) => !findable.has(id))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
    expect(causes.flatMap(({ explains }) => explains).filter((id) => !known.includes(id))).toEqual(
      [],
    );
    expect(causes.filter((cause) => Object.values(cause).includes(''))).toEqual([]);
  });

  test('causes stand in the order in which MetalLB meets them', () => {
    const order = causes.map(({ stage }) => stages.indexOf(stage));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('questions end in a question mark and findings name declared causes only', () => {
    expect(checks.filter(({ asks }) => !asks.endsWith('?'))).toEqual([]);
    const strays = cases.flatMap(({ check, sick, subject }) => {
      const verdict = verdictOf(check, sick, serviceIn(sick.build(), subject));
      return verdict.verdict === 'fail'
        ? verdict.findings.filter(({ cause }) => !checkOf(check).causes.includes(cause))
        : [];
    });
    expect(strays).toEqual([]);
  });
});

/** What can be forbidden: a log has a right of its own, and nobody forbids to look at the wire. */
function isKind(key: FactKey): key is FactName {
  return key !== 'wire' && !key.endsWith('Logs');
}
