import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpgradeReport } from '../../src/core/facts/upgrade.ts';
import { metallbRelease } from '../testbed/build.ts';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { applyMetalLB, untilMetalLBWorks } from '../testbed/metallb-install.ts';
import type { MetalLBVersion } from '../testbed/recipes.ts';
import { runTriage } from '../testbed/triage.ts';
import { eventually } from '../testbed/waiting.ts';
import { l2Advertisement, loadBalancer, namespace, pool, yamlOf } from './causes/manifest.ts';
import { rollouts } from './causes/fault.ts';
import { tell, untilServed } from './causes/reactions.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    metallb: 'v0.14.9',
    otherImages: ['v0.15.3', 'v0.16.1'],
    nodes: 1,
    serviceRanges: ['10.96.0.0/12'],
  });
  await lab.apply(
    yamlOf([
      namespace('shop'),
      pool('tiny', '10.28.0.4/32'),
      pool('both', ['10.28.1.0/30', '2001:db8:28::/126'], { autoAssign: false }),
      pool('gold', '10.28.2.0/30', { serviceAllocation: { priority: 5 } }),
      l2Advertisement('everything'),
      loadBalancer('shop/plain'),
      loadBalancer('shop/wants', {
        asks: { 'address-pool': 'both' },
        spec: { ipFamilyPolicy: 'PreferDualStack' },
      }),
    ]),
  );
  await untilServed(lab, ['shop/plain', 'shop/wants']);
  await lab.apply(yamlOf([loadBalancer('shop/waits')]));
});

afterAll(() => lab?.stop());

/** Applies the release, and waits until nothing of the one before runs any more. */
async function upgradeTo(version: MetalLBVersion): Promise<void> {
  await applyMetalLB(lab.controlPlane, await metallbRelease(version));
  await tell(lab, rollouts);
  await untilMetalLBWorks(lab.controlPlane, 1);
}

async function addressesOf(name: string): Promise<readonly string[]> {
  const { stdout } = await lab.kubectl(['-n', 'shop', 'get', 'service', name, '-o', 'json']);
  const { status } = JSON.parse(stdout) as {
    readonly status: {
      readonly loadBalancer: { readonly ingress?: readonly { readonly ip: string }[] };
    };
  };
  return (status.loadBalancer.ingress ?? []).map(({ ip }) => ip);
}

describe('from v0.14.9 to v0.15.3 on a real cluster', () => {
  test('what is foretold is what happens', async () => {
    const before = await addressesOf('plain');
    expect(await addressesOf('wants')).toEqual(['10.28.1.0', '2001:db8:28::']);
    const words = ['upgrade', '--to', 'v0.15.3', '-o', 'json'];
    const { stdout, stderr, code } = await runTriage(words, { kubeconfig: lab.kubeconfig });
    expect(code, stderr).toBe(1);
    const { upgrade } = JSON.parse(stdout) as UpgradeReport;
    const told = upgrade.changes.map(({ id, weight, reference, objects }) => [
      id,
      weight,
      reference,
      ...objects.map(({ name }) => name),
    ]);
    expect(told).toEqual([
      ['second-addresses-lost', 'breaks', 'metallb#2726', 'wants'],
      ['known-bug', 'breaks', 'metallb#2726', 'wants'],
      ['priority-only-pools', 'changes', 'metallb#2714', 'gold'],
      ['kind-servicebgpstatuses', 'changes', undefined],
      ['kind-configurationstates', 'changes', undefined],
      ['addresses-gained', 'nice', 'metallb#2714', 'waits'],
    ]);

    await upgradeTo('v0.15.3');

    await untilServed(lab, ['shop/waits']);
    expect((await addressesOf('waits'))[0]).toMatch(/^10\.28\.2\./);
    expect(await addressesOf('plain')).toEqual(before);
    // It never comes to rest (#2726): sooner or later it is seen with one address.
    await eventually('the second address to go', async () =>
      (await addressesOf('wants')).join() === '10.28.1.0' ? true : undefined,
    );
  });
});

describe('from v0.15.3 to v0.16.1 on the same cluster', () => {
  test('nothing breaks, as foretold, and nobody loses an address', async () => {
    await lab.kubectl(['-n', 'shop', 'delete', 'service', 'wants']);
    const before = [await addressesOf('plain'), await addressesOf('waits')];
    const words = ['upgrade', '--to', 'v0.16.1', '-o', 'json'];
    const { stdout, stderr, code } = await runTriage(words, { kubeconfig: lab.kubeconfig });
    expect(code, stderr).toBe(0);
    const { upgrade } = JSON.parse(stdout) as UpgradeReport;
    expect([upgrade.from, ...upgrade.changes.map(({ id }) => id)]).toEqual([
      'v0.15.3',
      'metrics-and-probes-move',
      'own-pod',
    ]);

    await upgradeTo('v0.16.1');

    expect([await addressesOf('plain'), await addressesOf('waits')]).toEqual(before);
  });
});
