import { describe, expect, test } from 'vitest';
import { hintFor } from '../../../../src/checks/models/programs/hints.ts';
import { lastWordsOf } from '../../../../src/checks/models/programs/last-words.ts';
import {
  isConfigurationComplaint,
  logLines,
} from '../../../../src/checks/models/testimony/log-lines.ts';
import type { LogExcerpt } from '../../../../src/core/facts/snapshot.ts';
import { now } from '../../../builders/a-snapshot.ts';

function excerpt(lines: readonly string[], previous = false): LogExcerpt {
  return {
    namespace: 'metallb-system',
    pod: 'controller-0',
    container: 'controller',
    previous,
    lines: { state: 'read', items: lines },
  };
}

function parsed(...lines: readonly string[]) {
  return logLines({ state: 'read', items: [excerpt(lines)] }, now).map(({ at, level, words }) => ({
    at,
    level,
    words,
  }));
}

describe('a line', () => {
  test.each([
    [
      'of go-kit',
      '{"level":"error","ts":"2026-03-14T03:12:00Z","error":"no route","msg":"failed"}',
      { at: '2026-03-14T03:12:00Z', level: 'error', words: 'no route' },
    ],
    [
      'without an error',
      '{"level":"info","ts":"2026-03-14T03:12:00Z","msg":"fine"}',
      { at: '2026-03-14T03:12:00Z', level: 'other', words: 'fine' },
    ],
    [
      'of klog, which does not know the year',
      'E0314 03:11:59.123456       1 reflector.go:200] "Failed to watch" err="forbidden"',
      { at: '2026-03-14T03:11:59Z', level: 'error', words: '"Failed to watch" err="forbidden"' },
    ],
    [
      'of klog, from the last day of the year before',
      'E1231 23:59:59.123456       1 reflector.go:200] "Failed to watch" err="forbidden"',
      { at: '2025-12-31T23:59:59Z', level: 'error', words: '"Failed to watch" err="forbidden"' },
    ],
    [
      'of klog, days after the newest object of a quiet cluster',
      'E0317 08:00:00.123456       1 reflector.go:200] "Failed to watch" err="forbidden"',
      { at: '2026-03-17T08:00:00Z', level: 'error', words: '"Failed to watch" err="forbidden"' },
    ],
    [
      "of Go's own HTTP server",
      '2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: EOF',
      {
        at: '2026-03-14T03:11:00Z',
        level: 'other',
        words: '2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: EOF',
      },
    ],
    [
      'of a panic',
      'panic: runtime error: index out of range',
      { at: undefined, level: 'error', words: 'panic: runtime error: index out of range' },
    ],
    [
      'cut in the middle',
      '{"level":"err',
      { at: undefined, level: 'other', words: '{"level":"err' },
    ],
    [
      'with an old epoch time',
      '{"level":"info","ts":1773457920.5,"msg":"x"}',
      { at: '2026-03-14T03:12:00.500Z', level: 'other', words: 'x' },
    ],
  ])('%s', (_title, text, expected) => {
    expect(parsed(text)).toEqual([expected]);
  });

  test('with nothing in it is left out', () => {
    expect(parsed('', '  ')).toEqual([]);
  });
});

test('last words are the last complaint of the run before, not of this one', () => {
  const lines = logLines(
    {
      state: 'read',
      items: [
        excerpt(['{"level":"error","error":"new"}']),
        excerpt(['{"level":"error","error":"old"}', 'goodbye'], true),
      ],
    },
    now,
  );
  expect(lastWordsOf(lines, 'controller-0')?.words).toBe('old');
  expect(lastWordsOf(lines, 'controller-1')).toBeUndefined();
});

test('a refused configuration is told from a conflict of the same reconciler', () => {
  const complaints = [
    '{"controller":"PoolReconciler","error":"overlaps","level":"error"}',
    '{"controller":"PoolReconciler","error":"x","event":"reload failed, no retry","level":"error"}',
    '{"controller":"PoolReconciler","error":"Operation cannot be fulfilled","level":"error"}',
    '{"controller":"PoolReconciler","error":"patch metallb-system/controller: configurationstates.metallb.io \\"controller\\" not found","level":"error"}',
  ];
  const lines = logLines({ state: 'read', items: [excerpt(complaints)] }, now);
  expect(lines.map(isConfigurationComplaint)).toEqual([true, false, false, false]);
});

describe('hints', () => {
  test.each([
    ['dial tcp 10.96.0.1:443: i/o timeout', /CNI/],
    ['dial tcp 10.96.0.1:443: connect: no route to host', /CNI/],
    ['no matches for kind "ConfigurationState"', /CRDs/],
    ['bind: address already in use', /port/],
    ['Cert secret is not well-formed, missing ca.crt', /./],
  ])('%s', (words, hint) => {
    if (words.startsWith('Cert')) {
      expect(hintFor(words)).toMatch(/certificate/);
      return;
    }
    expect(hintFor(words)).toMatch(hint);
  });

  test('nothing is made up for words that mean nothing known', () => {
    expect(hintFor('everything is fine')).toBeUndefined();
  });
});
