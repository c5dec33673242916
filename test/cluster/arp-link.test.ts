import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testbed/waiting.ts';
import {
  flooderProgram,
  listenerProgram,
  openStreet,
  type Listening,
  type Street,
} from './arp/street.ts';

/** What a raw socket does when its interface is treated badly, on a real kernel. */
let street: Street;

beforeAll(async () => {
  street = await openStreet({ ear: ['10.77.1.1/24'], mouth: ['10.77.1.9/24', '10.77.1.8/24'] });
});

afterAll(() => street?.[Symbol.asyncDispose]());

/** Has the other machine announce an address, once. */
const announce = (address: string) =>
  street.run('mouth', ['arping', '-q', '-c', '1', '-A', '-I', 'eth0', '-s', address, address]);

/** Announces until it is heard; a link that came up needs a moment until frames pass. */
async function hears(listening: Listening, address: string): Promise<readonly string[]> {
  return eventually(`${address} is heard`, async () => {
    await announce(address);
    const heard: readonly string[] = JSON.parse(await listening.tell('frames'));
    return heard.length > 0 ? heard : undefined;
  });
}

const listen = (...words: readonly string[]) => street.listen('ear', ['eth0', ...words]);

async function finish(listening: Listening): Promise<void> {
  expect(await listening.tell('close')).toBe('"gone"');
  expect(await listening.ended).toBe(0);
}

test('the kernel takes the filter and hands over nothing else', async () => {
  const listening = await listen('10.77.1.9');
  await announce('10.77.1.8');
  expect(new Set(await hears(listening, '10.77.1.9'))).toEqual(new Set(['10.77.1.9']));
  await finish(listening);
});

test('the kernel takes a filter of a hundred neighbours', async () => {
  const many = Array.from({ length: 100 }, (_, index) => `10.77.9.${index}`);
  const listening = await listen('10.77.1.9', '-', ...many);
  await hears(listening, '10.77.1.9');
  await finish(listening);
});

test('a link that nobody refers to any more still hears', async () => {
  const listening = await listen('10.77.1.9');
  expect(await listening.tell('forget')).toBe('"forgotten"');
  await hears(listening, '10.77.1.9');
  expect(await listening.tell('forget')).toBe('"forgotten"');
  await hears(listening, '10.77.1.9');
  expect(await listening.tell('send')).toBe('"sent"');
  listening.tell('exit').catch(() => undefined);
  await listening.ended;
});

test('an interface that goes down and comes up again is heard again, and that it was down is told', async () => {
  const listening = await listen('10.77.1.9');
  await hears(listening, '10.77.1.9');
  for (const downs of [1, 2]) {
    await street.configure('ear', ['link set eth0 down']);
    await eventually('the link is down', async () =>
      JSON.parse(await listening.tell('losses')).downs === downs ? true : undefined,
    );
    await street.configure('ear', ['link set eth0 up']);
    await hears(listening, '10.77.1.9');
  }
  await finish(listening);
});

test('what is sent while it is down is refused at once, a thousand times', async () => {
  const listening = await listen('10.77.1.9');
  await street.configure('ear', ['link set eth0 down']);
  const told: readonly string[] = JSON.parse(await listening.tell('sends 1000'));
  await street.configure('ear', ['link set eth0 up']);
  expect(new Set(told)).toEqual(new Set(['down']));
  await hears(listening, '10.77.1.9');
  expect(await listening.tell('send')).toBe('"sent"');
  await finish(listening);
});

test('an interface that gets another name is heard as before', async () => {
  const listening = await listen('10.77.1.9');
  await street.configure('ear', [
    'link set eth0 down',
    'link set eth0 name wan0',
    'link set wan0 up',
  ]);
  await hears(listening, '10.77.1.9');
  await street.configure('ear', [
    'link set wan0 down',
    'link set wan0 name eth0',
    'link set eth0 up',
  ]);
  await finish(listening);
});

test('a device that is deleted is gone, also when another one takes its name', async () => {
  const remake = [
    'link add gone0 type veth peer name gone1',
    'address add 10.77.2.1/24 dev gone0',
    'link set gone0 up',
    'link set gone1 up',
  ];
  await street.configure('ear', remake);
  const listening = await street.listen('ear', ['gone0', '10.77.2.9']);
  expect(await listening.tell('send')).toBe('"sent"');
  await street.configure('ear', ['link delete gone0']);
  await eventually('the device is gone', async () =>
    (await listening.tell('send')) === '"gone"' ? true : undefined,
  );
  await street.configure('ear', remake);
  expect(await listening.tell('send')).toBe('"gone"');
  const again = await street.listen('ear', ['gone0', '10.77.2.9']);
  expect(await again.tell('send')).toBe('"sent"');
  await finish(again);
  await finish(listening);
  await street.configure('ear', ['link delete gone0']);
});

test('frames that find no room are counted, once', async () => {
  const listening = await listen('10.77.1.9');
  const flood = street.start('mouth', [flooderProgram, 'eth0', '10.77.1.9', 'answers']);
  try {
    await eventually('frames are lost', async () => {
      await listening.tell('block 2000');
      return JSON.parse(await listening.tell('losses')).unread > 0 ? true : undefined;
    });
  } finally {
    await flood.end();
  }
  await listening.tell('frames');
  const { unread } = JSON.parse(await listening.tell('losses'));
  expect(JSON.parse(await listening.tell('losses'))).toEqual({ downs: 0, unread });
  await finish(listening);
});

test('what arrived while there was no time to read it is told at the end', async () => {
  const listening = await listen('10.77.1.9');
  await hears(listening, '10.77.1.9');
  const enough = join(street.folder, 'enough');
  expect(await listening.tell(`late ${enough}`)).toBe('"late"');
  await announce('10.77.1.9');
  await writeFile(enough, '');
  expect(JSON.parse(await listening.hear())).toContain('10.77.1.9');
  expect(await listening.ended).toBe(0);
});

test('a program may end with a link open', async () => {
  const listening = await listen('10.77.1.9');
  listening.tell('exit').catch(() => undefined);
  expect(await listening.ended).toBe(0);
});

describe('is refused', () => {
  test.each([
    ['the loopback', 'lo', '-', 'not-ethernet', 'lo is not Ethernet (hardware type 772)'],
    ['a name nobody has', 'eth9', '-', 'no-interface', 'there is no interface eth9 any more'],
  ])('%s', async (_, name, index, refused, says) => {
    expect(await refusalOf([name, '10.77.1.9', index])).toEqual({ refused, says });
  });

  test('a number of another network namespace', async () => {
    expect(await refusalOf(['eth0', '10.77.1.9', '4242'])).toMatchObject({
      refused: 'no-interface',
      says: expect.stringContaining('and 4242 for the program ip'),
    });
  });

  test('a tunnel', async () => {
    await street.configure('ear', ['tuntap add dev tun0 mode tun']);
    expect(await refusalOf(['tun0', '10.77.1.9'])).toEqual({
      refused: 'not-ethernet',
      says: 'tun0 is not Ethernet (hardware type 65534)',
    });
    await street.configure('ear', ['link delete tun0']);
  });

  test('whoever lacks CAP_NET_RAW', async () => {
    const drop = ['setpriv', '--bounding-set', '-net_raw', '--inh-caps', '-net_raw'];
    const words = [process.execPath, listenerProgram, 'eth0', '10.77.1.9'];
    const { stdout, code } = await street.run('ear', [...drop, ...words]);
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 3,
      told: { refused: 'no-right', says: 'the capability CAP_NET_RAW is missing' },
    });
  });
});

async function refusalOf(words: readonly string[]): Promise<unknown> {
  const { stdout } = await street.run('ear', [process.execPath, listenerProgram, ...words]);
  return JSON.parse(stdout);
}
