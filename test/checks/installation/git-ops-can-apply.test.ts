import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { anEvent, aPool } from '../../builders/some-objects.ts';

const release = { kind: 'HelmRelease', namespace: 'metallb', name: 'metallb' };
const removed =
  'Helm upgrade failed: current release manifest contains removed kubernetes api(s): unable to recognize "": no matches for kind "PodSecurityPolicy" in version "policy/v1beta1"';

function rootOf(reason: string, type: string, message: string) {
  const event = anEvent(release, reason, { message, at: '2026-03-14T03:10:00Z' });
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .withEvent({ ...event, type })
    .build();
  return diagnose({ symptom: 'health', snapshot, subject: undefined }).rootCauses[0];
}

describe('a release that Flux cannot apply', () => {
  test('is heard although older Flux calls it Normal', () => {
    const root = rootOf('error', 'Normal', removed);
    expect(root?.cause).toBe('git-ops-cannot-apply');
  });

  test('says what is wrong with a kind that Kubernetes has no more', () => {
    const told = rootOf('UpgradeFailed', 'Warning', removed)?.details.join() ?? '';
    expect(told).toContain('mapkubeapis');
    expect(told).not.toContain('CRDs');
  });

  test('is understood through escaped quotes', () => {
    const denied = String.raw`admission webhook \"ipaddresspoolvalidationwebhook.metallb.io\" denied the request: overlaps`;
    const told = rootOf('UpgradeFailed', 'Warning', denied)?.details.join() ?? '';
    expect(told).toContain(`MetalLB's webhook read the object and refuses what it says`);
    expect(told).not.toContain('\\');
  });

  test('is no trouble when it tells of a success', () => {
    expect(rootOf('info', 'Normal', 'Helm upgrade succeeded: no errors')).toBeUndefined();
  });
});
