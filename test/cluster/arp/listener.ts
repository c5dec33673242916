// Opens one link and does what stdin tells it: `frames`, `send`, `sends N`, `block MS`, `losses`, `forget`, `late FILE`, `close`, `exit`.
// node --expose-gc listener.ts INTERFACE ADDRESS [INDEX] [FILTERED ADDRESSES ...]
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { arpFilter } from '../../../src/arp/socket/filter.ts';
import type { Link } from '../../../src/arp/link-port.ts';
import { openLink } from '../../../src/arp/link.ts';
import { parseArpPacket } from '../../../src/arp/packet.ts';
import { questionFor } from '../../../src/arp/questions.ts';

const [name = '', address = '', index, ...more] = process.argv.slice(2);
const senders: string[] = [];

async function open(): Promise<Awaited<ReturnType<typeof openLink>>> {
  return openLink({
    name,
    index: index === undefined || index === '-' ? undefined : Number(index),
    etherType: 0x0806,
    filter: arpFilter({ addresses: [address, ...more] }),
    onFrame: (frame) => {
      const parsed = parseArpPacket(frame);
      senders.push('packet' in parsed ? parsed.packet.senderIp : 'broken');
    },
  });
}

const say = (told: unknown): void => {
  process.stdout.write(`${JSON.stringify(told)}\n`);
};

/** Frees what nobody refers to any more, thoroughly. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    global.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The only thing here that refers to the link; a variable of this module would do so to the end. */
const held: { link: Link | undefined; weak: WeakRef<Link> | undefined } = {
  link: undefined,
  weak: undefined,
};

async function begin(): Promise<void> {
  const opened = await open();
  say('refused' in opened ? opened : 'open');
  if ('refused' in opened) {
    process.exit(3);
  }
  held.link = opened;
  held.weak = new WeakRef(opened);
}

await begin();
const ask = (): Uint8Array =>
  questionFor(address, { family: 'ipv4', mac: '02:00:5e:10:00:01', ip: undefined });

for await (const line of createInterface({ input: process.stdin })) {
  const [word, amount] = line.split(' ');
  if (word === 'forget') {
    held.link = undefined;
    await collectGarbage();
    say(global.gc === undefined ? 'no gc' : 'forgotten');
  } else if (word === 'frames') {
    say(senders.splice(0));
  } else if (word === 'send') {
    say((held.link ?? held.weak?.deref())?.send(ask()));
  } else if (word === 'sends') {
    say(Array.from({ length: Number(amount) }, () => held.link?.send(ask())));
  } else if (word === 'block') {
    const end = performance.now() + Number(amount);
    while (performance.now() < end) {
      // nothing else runs meanwhile, as under a long computation
    }
    say('blocked');
  } else if (word === 'late') {
    say('late');
    while (!existsSync(amount ?? '')) {
      // too busy to read, until it is time to close
    }
    held.link?.close();
    say(senders.splice(0));
    break;
  } else if (word === 'losses') {
    say(held.link?.losses());
  } else if (word === 'close') {
    held.link?.close();
    held.link?.close();
    say(held.link?.send(ask()));
    break;
  } else if (word === 'exit') {
    process.exit(0);
  }
}
process.stdin.destroy();
