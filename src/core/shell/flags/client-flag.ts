import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../facts/errors.ts';
import { type IpAddress, parseAddress } from '../../facts/ip.ts';

/** Who cannot reach the Service: ranges and policies are then judged for this address. */
export const clientFlag = Flags.custom<IpAddress>({
  description:
    'who cannot reach it: source ranges and policies are judged for this address, as it arrives at the node',
  helpValue: 'ADDRESS',
  parse: async (text) => clientOf(text),
})();

/** An address, and nothing else. */
export function clientOf(text: string): IpAddress {
  const address = parseAddress(text.trim());
  if (address === undefined) {
    throw new UsageError(`--client ${text} is no IP address`, {
      suggestions: ['give the address under which the client arrives: --client 198.51.100.7'],
    });
  }
  return address;
}
