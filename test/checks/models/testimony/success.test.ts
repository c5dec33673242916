import { expect, test } from 'vitest';
import { tellsOfSuccess } from '../../../../src/checks/models/testimony/success.ts';
import { anEvent } from '../../../builders/some-objects.ts';

const release = { kind: 'HelmRelease', namespace: 'metallb', name: 'metallb' };
const tells = (reason: string, message: string, type = 'Normal') =>
  tellsOfSuccess(anEvent(release, reason, { message, type, at: '2026-03-14T03:05:00Z' }));

test.each([
  ['ReconciliationSucceeded', 'Reconciliation finished in 1.2s'],
  ['UpgradeSucceeded', ''],
  ['OperationCompleted', 'Sync operation to 1.2 succeeded'],
  ['info', 'Helm upgrade succeeded: no errors'],
  ['Synced', 'Successfully applied'],
])('%s: %s is a success', (reason, message) => {
  expect(tells(reason, message)).toBe(true);
});

test.each([
  ['OperationStarted', 'Sync was unsuccessful, retrying attempt #2'],
  ['OperationStarted', 'Initiated automated sync'],
  ['Progressing', 'the last attempt has not succeeded'],
  ['error', '1 succeeded, 2 failed'],
])('%s: %s is none', (reason, message) => {
  expect(tells(reason, message)).toBe(false);
});

test('a warning is none, whatever it says', () => {
  expect(tells('Retried', 'the third attempt succeeded', 'Warning')).toBe(false);
});
