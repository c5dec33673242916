import { expect, test } from 'vitest';
import { bannerOf, installationText, type Whereabouts } from '../../../src/core/report/banner.ts';
import { terminal } from './sample.ts';

const installation = { namespace: 'metallb-system', ignoresExcludeLabel: false, foundBy: [] };

const none = { state: 'read', items: [] } as const;

function snapshotOf(parts: Partial<Whereabouts>): Whereabouts {
  const target = { context: 'homelab', server: '10.0.0.5:6443', namespace: 'default' };
  return { target, installations: [], readings: { deployments: none, daemonSets: none }, ...parts };
}

test('the banner names context, server, MetalLB and identity', () => {
  const installations = [{ ...installation, controllerVersion: 'v0.15.3' }];
  const target = { server: '10.0.0.5:6443', namespace: 'default', identity: 'oncall' };
  expect(bannerOf(snapshotOf({ installations, target }), terminal)).toBe(
    '10.0.0.5:6443 · MetalLB v0.15.3 in metallb-system · as oncall\n',
  );
});

test('what was noticed while reading stands under it', () => {
  expect(bannerOf(snapshotOf({ notices: ['2 documents \u001b were no objects'] }), terminal)).toBe(
    'homelab · 10.0.0.5:6443 · no MetalLB found\nnote: 2 documents \\x1b were no objects\n',
  );
});

test('a second installation is not hidden, an unknown version is said', () => {
  expect(installationText([installation, installation])).toBe(
    'MetalLB (version unknown) in metallb-system (and 1 more)',
  );
});

test.each([
  [
    { state: 'forbidden', verb: 'list', resource: 'deployments.apps' } as const,
    'could not look for MetalLB (no right to list deployments.apps)',
  ],
  [
    { state: 'failed', reason: 'the dump holds no deployments' } as const,
    'could not look for MetalLB (the dump holds no deployments)',
  ],
  [
    { ...none, within: 'shop' },
    'no MetalLB found in namespace shop, and no right to look elsewhere',
  ],
])('who could not look does not say that MetalLB is not there: %j', (deployments, says) => {
  const readings = { deployments, daemonSets: none };
  const canvas = { ...terminal, width: 120 };
  expect(bannerOf(snapshotOf({ readings }), canvas)).toContain(says);
});
