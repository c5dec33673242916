import { UsageError } from '../../core/facts/errors.ts';
import { contains, parseAddress, parseCidr, type IpAddress } from '../../core/facts/ip.ts';

const noMachine = [
  ['0.0.0.0/8', 'stands for no machine'],
  ['127.0.0.0/8', 'is a loopback address, which never leaves a machine'],
  ['224.0.0.0/4', 'is a multicast address: a group, which no machine has alone'],
  ['255.255.255.255/32', 'is the broadcast address: everybody hears it and nobody has it'],
  ['240.0.0.0/4', 'is of a range that no machine may have'],
  ['::/128', 'stands for no machine'],
  ['::1/128', 'is the loopback address, which never leaves a machine'],
  ['ff00::/8', 'is a multicast address: a group, which no machine has alone'],
] as const;

/** The one address that is asked for; a UsageError says what else was written. */
export function askedAddress(text: string): IpAddress {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new UsageError(`${text === '' ? 'an empty word' : text} is no IP address`, {
      suggestions: [meant(text)],
    });
  }
  if (text.includes(':') && !address.includes(':')) {
    throw new UsageError(`${text} is an IPv4 address written as IPv6`, {
      suggestions: [`ask for ${address}`],
    });
  }
  for (const [range, says] of noMachine) {
    const cidr = parseCidr(range);
    if (cidr !== undefined && contains(cidr, address)) {
      throw new UsageError(`${address} ${says}`);
    }
  }
  return address;
}

function meant(text: string): string {
  if (parseCidr(text) !== undefined) {
    return `ask for one address, without /${text.slice(text.indexOf('/') + 1)}`;
  }
  const zone = text.indexOf('%');
  if (zone > 0 && parseAddress(text.slice(0, zone)) !== undefined) {
    return `write ${text.slice(0, zone)} --interface ${text.slice(zone + 1)}`;
  }
  return 'ask for the address itself, such as 192.0.2.9 or 2001:db8::9; names are not looked up';
}
