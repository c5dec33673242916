import { describe, expect, test } from 'vitest';
import {
  compareReleases,
  isOlder,
  isWithin,
  newestKnownRelease,
  oldestKnownRelease,
  releases,
  spanText,
} from '../../../src/core/metallb/releases.ts';

describe('releases', () => {
  test('are listed oldest first, and the ends are named', () => {
    const versions = releases.map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => compareReleases(a, b) ?? 0));
    expect([versions.at(0), versions.at(-1)]).toEqual([oldestKnownRelease, newestKnownRelease]);
  });

  test.each([
    ['v0.14.9', 'v0.15.0', true],
    ['v0.9.0', 'v0.14.0', true],
    ['v0.15.0', 'v0.15.0', false],
    ['v0.16.0', 'v0.15.3', false],
    ['main', 'v0.15.3', false],
  ])('%s is older than %s: %s', (left, right, expected) => {
    expect(isOlder(left, right)).toBe(expected);
  });

  test.each([
    ['v0.14.6', { since: 'v0.14.6', fixedIn: 'v0.16.0' }, true],
    ['v0.16.0', { since: 'v0.14.6', fixedIn: 'v0.16.0' }, false],
    ['v0.14.5', { since: 'v0.14.6', fixedIn: undefined }, false],
    ['0.16.1-debian-12-r0', { since: 'v0.14.6', fixedIn: undefined }, true],
    ['v0.17.0', { since: 'v0.14.6', fixedIn: undefined }, false],
    ['v0.12.1', { since: undefined, fixedIn: 'v0.13.9' }, true],
    ['main', { since: undefined, fixedIn: undefined }, false],
    [undefined, { since: undefined, fixedIn: undefined }, false],
  ])('%s in %o: %s', (version, span, expected) => {
    expect(isWithin(version, span)).toBe(expected);
  });

  test('spans are told in words', () => {
    expect([
      spanText({ since: 'v0.14.6', fixedIn: 'v0.16.0' }),
      spanText({ since: undefined, fixedIn: 'v0.14.2' }),
      spanText({ since: 'v0.16.0', fixedIn: undefined }),
      spanText({ since: undefined, fixedIn: undefined }),
    ]).toEqual([
      'v0.14.6 to before v0.16.0',
      'before v0.14.2',
      'v0.16.0 and later, as far as known (v0.16.2)',
      'every release, as far as known (v0.16.2)',
    ]);
  });
});
