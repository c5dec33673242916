import { expect, test } from 'vitest';
import { bannerOf, installationText, type Whereabouts } from '../../../src/core/report/banner.ts';
import { terminal } from './sample.ts';

const installation = { namespace: 'metallb-system', ignoresExcludeLabel: false, foundBy: [] };

function snapshotOf(parts: Partial<Whereabouts>): Whereabouts {
  const target = { context: 'homelab', server: '10.0.0.5:6443', namespace: 'default' };
  return { target, installations: [], ...parts };
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
