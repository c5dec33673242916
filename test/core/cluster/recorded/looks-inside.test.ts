import { expect, test } from 'vitest';
import { documentsIn } from '../../../../src/core/cluster/recorded/documents.ts';
import { looksIn } from '../../../../src/core/cluster/recorded/looks-inside.ts';
import { aLook, anAnswer, anAttempt, macs } from '../../../builders/a-look.ts';

const look = aLook('10.4.11.10', {
  answers: [anAnswer(macs.n1, { sentBy: macs.stranger })],
  ports: [anAttempt(80, 'open', { says: 'HTTP 200', protocol: 'HTTP' })],
  unseen: ['NDP could not be asked'],
});

const looksOf = async (content: unknown) =>
  looksIn(await documentsIn(JSON.stringify(content), 'wire.json'));

test('looks under `wire` are read as a recording has them', async () => {
  expect(await looksOf({ wire: [look, aLook('10.4.11.11')] })).toEqual([look, aLook('10.4.11.11')]);
});

test('what triage arp printed is one look', async () => {
  expect(await looksOf({ schemaVersion: 'triage.arp/v1', look })).toEqual([look]);
});

test('an empty list says that somebody looked at nothing; other documents say nothing', async () => {
  expect(await looksOf({ wire: [] })).toEqual([]);
  expect(await looksOf({ kind: 'Service', metadata: { name: 'web' }, wire: [look] })).toBe(
    undefined,
  );
  expect(await looksOf({ serverVersion: { gitVersion: 'v1.34.4' } })).toBe(undefined);
});

test('what is no look is left out', async () => {
  expect(await looksOf({ wire: [{ nonsense: true }, 7, look] })).toEqual([look]);
});
