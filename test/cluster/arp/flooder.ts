// Fills a segment with frames until it is ended: `answers` for an address from ever new machines, or unrelated `broadcasts`.
// node flooder.ts INTERFACE ADDRESS KIND
import { arpFrame } from '../../../src/arp/packet.ts';
import { openLink } from '../../../src/arp/link.ts';

const [name = '', address = '', kind = 'broadcasts'] = process.argv.slice(2);
const link = await openLink({
  name,
  index: undefined,
  etherType: 0,
  filter: [{ code: 6, jt: 0, jf: 0, k: 0 }],
  onFrame: () => undefined,
});
if ('refused' in link) {
  throw new Error(link.says);
}
const everybody = 'ff:ff:ff:ff:ff:ff';
const frame = arpFrame({
  operation: kind === 'answers' ? 'reply' : 'request',
  ethernetDestination: everybody,
  ethernetSource: link.mac,
  senderMac: '02:77:00:00:00:00',
  senderIp: kind === 'answers' ? address : '10.99.0.1',
  targetMac: everybody,
  targetIp: kind === 'answers' ? address : '10.99.0.2',
});
let sent = 0;
for (;;) {
  for (let burst = 0; burst < 200; burst += 1) {
    sent += 1;
    frame.set([(sent >>> 24) & 0xff, (sent >>> 16) & 0xff, (sent >>> 8) & 0xff, sent & 0xff], 24);
    link.send(frame);
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
