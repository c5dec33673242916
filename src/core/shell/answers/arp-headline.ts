import type { ArpVerdict } from '../../facts/arp-report.ts';
import type { WireLook } from '../../facts/wire.ts';
import { someOf } from '../../facts/in-words.ts';

/** The answer in one sentence. */
export function arpHeadline(verdict: ArpVerdict, look: WireLook): string {
  const { address, answers, from } = look;
  const macs = answers.map(({ mac }) => mac);
  const names = someOf(macs, 3);
  const isClaimed = answers.some(({ unasked }) => unasked);
  switch (verdict) {
    case 'one':
      return `${address} is answered by ${names} alone`;
    case 'several':
      return `${macs.length} Ethernet addresses ${isClaimed ? 'claim' : 'answer for'} ${address}: ${names}`;
    case 'nobody':
      return `nobody answers for ${address} on ${from.interface}`;
    case 'only-announced':
      return `${names} announces ${address} and does not answer when asked`;
    case 'free':
      return `${address} is not in use on ${from.interface}`;
    case 'in-use':
      return `${address} is in use: ${names} ${isClaimed ? 'announced it' : 'answered'}`;
    case 'about-to-be-taken':
      return `${address} is about to be taken: ${(look.probers ?? []).join(', ')} asks for it too`;
    case 'not-seen':
      return notSeen(look);
  }
}

function notSeen({ address, answers, reach, method, asked }: WireLook): string {
  const [only] = answers;
  if (only !== undefined) {
    return `${address} is known by ${only.mac}; whether others answer too cannot be seen`;
  }
  if (reach?.kind === 'routed' || reach?.kind === 'unroutable') {
    return `${address} is on no network of this host: who answers for it cannot be seen from here`;
  }
  return method === 'neighbours' && asked > 0
    ? `nobody answered the kernel for ${address}; whether it is free cannot be proven that way`
    : `who answers for ${address} could not be seen`;
}
