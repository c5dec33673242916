import { expect, test } from 'vitest';
import { hintFor, isCutOff } from '../../../../src/checks/models/programs/hints.ts';

const refused = 'dial tcp 10.96.0.1:443: connect: connection refused';

test.each([
  [`Get "https://10.96.0.1:443/api/v1/nodes": ${refused}`, true],
  [
    `failed calling webhook "x.metallb.io": failed to call webhook: Post "https://x": ${refused}`,
    false,
  ],
  [
    `conversion webhook for metallb.io/v1beta1, Kind=BGPPeer failed: Post "https://x": ${refused}`,
    false,
  ],
])('%s', (words, expected) => {
  expect(isCutOff(words)).toBe(expected);
  expect(hintFor(words)?.includes('cannot reach the API server') ?? false).toBe(expected);
});

test.each([
  ['failed to run k8s client: too many open files', 'fs.inotify'],
  ['exec /controller: exec format error', 'architecture'],
  ['flag provided but not defined: -controller-mode', 'another release'],
  ['conversion webhook for metallb.io/v1beta1, Kind=BGPPeer failed: EOF', 'convert BGPPeers'],
  ['failed to wait for node caches to sync: timed out', 'could not be listed'],
])('%s', (words, hint) => {
  expect(hintFor(words)).toContain(hint);
});
