import { expect, test } from 'vitest';
import {
  holdsNobody,
  letsClient,
  sourceRangesOf,
} from '../../../../src/checks/models/traffic/source-ranges.ts';
import { parseAddress, parseCidr } from '../../../../src/core/facts/ip.ts';
import { aService } from '../../../builders/a-service.ts';

function rangesOf(...loadBalancerSourceRanges: readonly string[]) {
  const service = aService('shop/web');
  return sourceRangesOf({ ...service, spec: { ...service.spec, loadBalancerSourceRanges } });
}

function letsIn(ranges: readonly string[], text: string): boolean {
  const client = parseAddress(text);
  return client !== undefined && letsClient(rangesOf(...ranges), client);
}

test('blanks around a range do not matter, and what is no range is named', () => {
  const { ranges, malformed } = rangesOf(' 10.0.0.0/8 ', '192.168.1.1', '');
  expect(ranges).toHaveLength(1);
  expect(malformed).toEqual(['192.168.1.1', '']);
});

test.each([
  [[], '198.51.100.7', true],
  [['10.0.0.0/8'], '10.1.2.3', true],
  [['10.0.0.0/8'], '198.51.100.7', false],
  [['10.0.0.0/8', '198.51.100.0/24'], '198.51.100.7', true],
  [['10.0.0.0/8'], 'fd00::7', true],
  [['10.0.0.0/8', 'fd01::/16'], 'fd00::7', false],
  [['what'], '198.51.100.7', true],
])('%s lets %s in: %s', (ranges, client, isIn) => {
  expect(letsIn(ranges, client)).toBe(isIn);
});

test.each([
  ['0.0.0.0/32', true],
  ['127.0.0.0/8', true],
  ['224.0.0.0/4', true],
  ['255.255.255.255/32', true],
  ['::/128', true],
  ['::1/128', true],
  ['ff02::/16', true],
  ['0.0.0.0/0', false],
  ['0.0.0.0/1', false],
  ['10.0.0.0/8', false],
  ['::/0', false],
  ['fd00::/8', false],
])('%s holds nobody: %s', (text, isEmpty) => {
  const range = parseCidr(text);
  expect(range !== undefined && holdsNobody(range)).toBe(isEmpty);
});
