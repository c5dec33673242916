import { expect, test } from 'vitest';
import { unreadIn } from '../../../../src/core/shell/question/wanted.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';

test('words of the server about what may not be read are written out', () => {
  const snapshot = aSnapshot()
    .withReading('nodes', { state: 'forbidden', verb: 'list\u001b[2J', resource: 'no\u202edes' })
    .build();
  expect(unreadIn(snapshot)).toEqual([
    { fact: 'nodes', why: String.raw`no right to list\x1b[2J no\u202edes` },
  ]);
});
