import { describe, expect, test } from 'vitest';
import { alertLeads, leadOf } from '../../src/checks/alerts.ts';
import { causes } from '../../src/checks/causes.ts';
import { checks } from '../../src/checks/index.ts';

describe('which look an alert asks for', () => {
  test.each([
    ['MetalLBStaleConfig', 'configuration'],
    ['MetalLBConfigNotLoaded', 'configuration'],
    ['MetalLBAddressPoolExhausted', 'pool'],
    ['MetalLBAddressPoolUsage75Percent', 'pool'],
    ['MetalLBAddressPoolUsage85Percent', 'pool'],
    ['MetalLBAddressPoolUsage95Percent', 'pool'],
    ['MetalLBBGPSessionDown', 'bgp'],
    ['MetalLBLayer2NotAnswering', 'layer2'],
    ['MetalLBSpeakerDown', 'layer2'],
    ['KubePodCrashLooping', undefined],
    ['MetalLB', undefined],
    ['NotMetalLBStaleConfig', undefined],
  ])('%s: %s', (name, id) => {
    expect(leadOf(name)?.id).toBe(id);
  });

  test.each(alertLeads)(
    '$id asks for causes that are there, and that health can find',
    ({ causes: asked }) => {
      const known = new Set(causes.map(({ id }) => id));
      expect(asked.filter((id) => !known.has(id))).toEqual([]);
      const found = checks.filter(({ symptoms }) => symptoms.includes('health'));
      const findable = new Set(found.flatMap((check) => check.causes));
      expect(asked.filter((id) => !findable.has(id))).toEqual([]);
    },
  );
});
