import { describe, expect, test } from 'vitest';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { verdictOf } from './case.ts';

const dumped = aSnapshot()
  .withSnapshot({ installations: [] })
  .with('deployments')
  .with('daemonSets')
  .withReading('ipAddressPools', { state: 'failed', reason: 'the dump holds no ipaddresspools' });

describe('whether MetalLB is installed, by a dump', () => {
  test('is unknown when the dump covers only some namespaces', () => {
    const within = ['default', 'kube-system'];
    const confined = dumped
      .withReading('deployments', { state: 'read', items: [], within })
      .withReading('daemonSets', { state: 'read', items: [], within });
    expect(verdictOf('MLB-I01', confined, undefined)).toMatchObject({
      verdict: 'unknown',
      missing: [{ fact: 'deployments' }, { fact: 'daemonsets' }],
    });
  });

  test('says that its definitions are there only when the dump shows them', () => {
    expect(JSON.stringify(verdictOf('MLB-I01', dumped, undefined))).toContain('are installed');
    const { metallbResources: _, ...others } = dumped.build();
    const verdict = verdictOf('MLB-I01', { ...dumped, build: () => others }, undefined);
    expect(verdict.verdict).toBe('fail');
    expect(JSON.stringify(verdict)).not.toContain('resource definitions');
  });
});
