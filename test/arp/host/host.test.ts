import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { thisHost } from '../../../src/arp/host/host.ts';
import { parseAddress, type IpAddress } from '../../../src/core/facts/ip.ts';
import { OutsideError } from '../../../src/core/facts/errors.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-ip-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function hostWith(script: string) {
  const program = join(folder, 'ip');
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return thisHost({ path: `${folder}:/usr/bin:/bin`, timeoutMs: 300 });
}

const never = new AbortController().signal;

test('a program `ip` that does not answer leaves open which interfaces there are', async () => {
  const host = await hostWith('exec sleep 30');
  const address = parseAddress('192.0.2.9') as IpAddress;
  await expect(host.interfaces(never)).rejects.toThrow(OutsideError);
  await expect(host.route(address, never)).rejects.toThrow(
    'the networks of this host could not be told: `ip` did not answer within 0.3 s',
  );
});

test('its neighbour table is no loss', async () => {
  const host = await hostWith('exec sleep 30');
  expect(await host.neighbours(never)).toBeInstanceOf(Array);
});

test('what it prints is what counts', async () => {
  const host = await hostWith(`echo '[{"ifname":"eth9","ifindex":9}]'`);
  expect((await host.interfaces(never)).map(({ name }) => name)).toEqual(['eth9']);
});
