import { describe, expect, test } from 'vitest';
import { alertLeads, leadOf, type AlertLead } from '../../src/checks/alerts.ts';
import { bgpChecks } from '../../src/checks/bgp/bgp-checks.ts';
import { checks } from '../../src/checks/index.ts';
import { layer2Checks } from '../../src/checks/layer2/layer2-checks.ts';
import { checksAbout, mattersOf } from '../../src/checks/matters.ts';
import { wireChecks } from '../../src/checks/wire/wire-checks.ts';
import type { Check } from '../../src/core/diagnosis/check.ts';
import type { CauseId } from '../../src/core/facts/finding.ts';

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

  test('every check on the whole cluster is about something, so that no alert can miss one unseen', () => {
    const all = checks.filter(({ symptoms }) => symptoms.includes('health'));
    expect(all.filter((check) => mattersOf(check).length === 0).map(({ id }) => id)).toEqual([]);
  });

  test.each<readonly [AlertLead['id'], readonly Check[]]>([
    ['bgp', bgpChecks],
    ['layer2', layer2Checks],
    ['layer2', wireChecks],
  ])('an alert on %s asks every check of that room that looks at the whole cluster', (id, room) => {
    const asked = checksAbout(alertLeads.find((lead) => lead.id === id)?.matters ?? []);
    const ofRoom = room.filter(({ symptoms }) => symptoms.includes('health'));
    expect(ofRoom.filter((check) => !asked.includes(check)).map((check) => check.id)).toEqual([]);
  });

  test.each<readonly [string, AlertLead['id'], readonly CauseId[]]>([
    [
      'MetalLBStaleConfig',
      'configuration',
      [
        'config-rejected',
        'config-stale',
        'watch-stale',
        'stale-flag-lingers',
        'configuration-lost',
      ],
    ],
    [
      'MetalLBAddressPoolExhausted',
      'pool',
      ['pool-exhausted', 'pinned-pool-open-to-all', 'service-held-by-finalizer', 'config-rejected'],
    ],
    [
      'MetalLBBGPSessionDown',
      'bgp',
      ['bgp-session-down', 'bgp-as-mismatch', 'speaker-absent', 'speaker-not-scheduled'],
    ],
    [
      'MetalLBLayer2Down',
      'layer2',
      ['two-announcers', 'speaker-absent', 'memberlist-split', 'rival-controller'],
    ],
  ])('%s can be answered by the causes that make it fire', (name, id, likely) => {
    const lead = leadOf(name);
    expect(lead?.id).toBe(id);
    const found = new Set(checksAbout(lead?.matters ?? []).flatMap(({ causes }) => causes));
    expect(likely.filter((cause) => !found.has(cause))).toEqual([]);
  });

  test.each(['MLB-I25', 'MLB-A18', 'MLB-D22'])('no alert asks %s', (id) => {
    const asked = checksAbout(alertLeads.flatMap(({ matters }) => matters));
    expect(asked.map((check) => check.id)).not.toContain(id);
  });
});
