import { expect, test } from 'vitest';
import { logLines } from '../../../../src/checks/models/testimony/log-lines.ts';
import { isSpeakerComplaint } from '../../../../src/checks/models/configuration/speaker-complaints.ts';

test('a refused configuration is told from conflicts and from records that could not be written', () => {
  const said = (error: string) =>
    JSON.stringify({ controller: 'ConfigReconciler', error, level: 'error' });
  const items = [
    said('peer 10.0.0.1 already exists'),
    said('Operation cannot be fulfilled on nodes "a"'),
    said('patch metallb-system/speaker-a: configurationstates.metallb.io "speaker-a" not found'),
    said('failed to report condition: not found'),
  ];
  const excerpt = {
    namespace: 'metallb-system',
    pod: 'speaker-a',
    container: 'speaker',
    previous: false,
    lines: { state: 'read', items },
  } as const;
  const lines = logLines({ state: 'read', items: [excerpt] }, '2026-03-14T03:00:00Z');
  expect(lines.map(isSpeakerComplaint)).toEqual([true, false, false, false]);
});
