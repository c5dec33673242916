import { describe, expect, test } from 'vitest';
import { familyOfTexts } from '../../../src/core/metallb/families.ts';
import { quoted, quotedList } from '../../../src/core/metallb/go-text.ts';
import { addressRequestOf, poolRequestOf } from '../../../src/core/metallb/requests.ts';
import { selectorFault, selects } from '../../../src/core/metallb/selectors.ts';
import { behaviourOf, parseVersion } from '../../../src/core/metallb/versions.ts';
import { serviceNamed } from './objects.ts';

describe('quoted', () => {
  test.each([
    ['plain', '"plain"'],
    ['tab\tline\nquote"back\\', '"tab\\tline\\nquote\\"back\\\\"'],
    ['\u0000\u001b[31m', '"\\x00\\x1b[31m"'],
    ['Straße 東', '"Straße 東"'],
    ['\u00a0\u202e', '"\\u00a0\\u202e"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])('writes %j as Go does', (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  test('lists without commas', () => {
    expect(quotedList(['a', 'b'])).toBe('["a" "b"]');
  });
});

describe('versions', () => {
  test.each([
    ['v0.15.3', [0, 15, 3]],
    ['0.16.1', [0, 16, 1]],
    ['v0.14.9-debian-12-r4', [0, 14, 9]],
    ['main', undefined],
    ['v0.15', undefined],
    ['v0.15.3.1', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  test('that are unknown, unreadable or newer act like the newest known', () => {
    const newest = behaviourOf('v0.16.0');
    expect(Object.values(newest)).not.toContain(false);
    expect([undefined, 'main', 'v1.0.0'].map(behaviourOf)).toEqual([newest, newest, newest]);
  });

  test('older than the first switch have none of them', () => {
    expect(Object.values(behaviourOf('v0.12.1'))).not.toContain(true);
  });
});

describe('annotations', () => {
  const both = {
    'metallb.io/address-pool': '',
    'metallb.universe.tf/address-pool': 'old',
  };

  test('the new prefix hides the old one, even when empty', () => {
    const service = serviceNamed('web', { annotations: both });
    expect(poolRequestOf(service, behaviourOf('v0.14.9'))).toBeUndefined();
    expect(poolRequestOf(service, behaviourOf('v0.14.8'))).toBe('old');
  });

  test('only the old prefix is read before v0.14.9', () => {
    const annotations = { 'metallb.io/loadBalancerIPs': '10.0.0.1' };
    const service = serviceNamed('web', { annotations });
    expect(addressRequestOf(service, behaviourOf('v0.14.8'))).toEqual({ kind: 'none' });
  });

  test.each([
    ['10.0.0.1 ,\tfc00::1\n', ['10.0.0.1', 'fc00::1'], 'dual'],
    ['::FFFF:10.0.0.2', ['10.0.0.2'], 'ipv4'],
  ])('%j asks for %j', (value, addresses, family) => {
    const annotations = { 'metallb.universe.tf/loadBalancerIPs': value };
    const service = serviceNamed('web', { annotations });
    expect(addressRequestOf(service, behaviourOf(undefined))).toEqual({
      kind: 'addresses',
      source: 'metallb.universe.tf/loadBalancerIPs',
      addresses,
      family,
    });
  });

  test.each([
    ['10.0.0.1,', 'invalid metallb.io/loadBalancerIPs: "10.0.0.1,"'],
    ['fe80::1%eth0', 'invalid metallb.io/loadBalancerIPs: "fe80::1%eth0"'],
    ['10.0.0.1,10.0.0.1', 'IPFamilyForAddresses: same address family ["10.0.0.1" "10.0.0.1"]'],
  ])('%j is refused: %s', (value, message) => {
    const annotations = { 'metallb.universe.tf/loadBalancerIPs': value };
    const service = serviceNamed('web', { annotations });
    expect(addressRequestOf(service, behaviourOf(undefined))).toMatchObject({ message });
  });

  test('spec.loadBalancerIP is not trimmed', () => {
    const service = serviceNamed('web', { spec: { loadBalancerIP: ' 10.0.0.1' } });
    expect(addressRequestOf(service, behaviourOf(undefined))).toMatchObject({
      message: 'invalid spec.loadBalancerIP " 10.0.0.1"',
    });
  });
});

describe('families', () => {
  test.each([
    [['10.0.0.1'], 'ipv4'],
    [['fc00::1'], 'ipv6'],
    [['fc00::1', '10.0.0.1'], 'dual'],
  ])('%j is %s', (texts, family) => {
    expect(familyOfTexts(texts)).toEqual({ kind: 'family', family });
  });

  test.each([
    [[], 'IPFamilyForAddresses: invalid ips length 0 []'],
    [['None'], 'IPFamilyForAddresses: Invalid address ["None"]'],
    [
      ['10.0.0.1', '::ffff:10.0.0.2'],
      'IPFamilyForAddresses: same address family ["10.0.0.1" "::ffff:10.0.0.2"]',
    ],
  ])('%j has none', (texts, message) => {
    expect(familyOfTexts(texts)).toEqual({ kind: 'unknown', message });
  });
});

describe('selectors', () => {
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchLabels: {},
    matchExpressions: [{ key, operator, values }],
  });

  test.each([
    [{ matchLabels: {}, matchExpressions: [] }, true],
    [{ matchLabels: { app: 'web' }, matchExpressions: [] }, true],
    [{ matchLabels: { app: 'db' }, matchExpressions: [] }, false],
    [expression('app', 'In', 'db', 'web'), true],
    [expression('app', 'NotIn', 'web'), false],
    [expression('tier', 'NotIn', 'web'), true],
    [expression('tier', 'Exists'), false],
    [expression('tier', 'DoesNotExist'), true],
    [expression('constructor', 'Exists'), false],
    [expression('app', 'Gt', '1'), false],
  ])('%j on app=web: %s', (selector, expected) => {
    expect(selects(selector, { app: 'web' })).toBe(expected);
  });

  test.each([
    [expression('app', 'In', 'web'), undefined],
    [expression('example.com/app', 'Exists'), undefined],
    [expression('app', 'Gt', '1'), '"Gt" is not a valid label selector operator'],
    [expression('app', 'In'), "values: Invalid value: null: for 'in', 'notin' operators"],
    [expression('app', 'Exists', 'x'), 'values: Invalid value: ["x"]: values set must be empty'],
    [expression('bad key', 'Exists'), 'key: Invalid value: "bad key": name part must consist of'],
    [expression('Bad_/app', 'Exists'), 'key: Invalid value: "Bad_/app": prefix part'],
    [expression('app', 'In', '-x'), 'values[0][app]: Invalid value: "-x": a valid label must be'],
  ])('%j is faulty: %s', (selector, expected) => {
    const fault = selectorFault(selector);
    expect(expected === undefined ? fault : fault?.startsWith(expected)).toBe(
      expected === undefined ? undefined : true,
    );
  });
});
