import { describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

describe('triage arp says what is wrong with the question, and exits 2', () => {
  test.each([
    [[], 'ADDRESS is missing'],
    [['web.example.org'], 'web.example.org is no IP address'],
    [['::ffff:192.0.2.9'], 'ask for 192.0.2.9'],
    [['224.0.0.5'], 'is a multicast address'],
    [['127.0.0.1'], 'is a loopback address'],
    [['192.0.2.9', '--interface', 'nobody9'], 'there is no interface nobody9 on this host'],
    [['192.0.2.9', '--interface', 'lo'], 'lo is the loopback'],
    [['192.0.2.9', '--count', '0'], '--count'],
    [['192.0.2.9', '--count', '50', '--window', '1s'], '--window is too short'],
    [['192.0.2.9', '--window', 'soon'], '--window soon is not a time'],
    [['192.0.2.9', '-o', 'wide'], '--output'],
  ])('%j', async (words, says) => {
    const { code, stdout, stderr } = await runHere('arp', words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
  });

  test('as one JSON document when asked for', async () => {
    const { code, stdout } = await runHere('arp', ['nonsense', '-o', 'json']);
    expect({ code, document: JSON.parse(stdout) }).toMatchObject({
      code: 2,
      document: { result: 'error', command: 'arp', error: { kind: 'usage' } },
    });
  });
});
