import * as Flags from '@oclif/core/flags';
import { duration, outputFlag } from '../flags/flags.ts';

/** How often and for how long is asked, and where. */
export const arpFlags = {
  interface: Flags.string({
    char: 'I',
    description: 'interface to ask on (default: the one that faces the address)',
    helpValue: 'NAME',
  }),
  count: Flags.integer({
    char: 'c',
    description:
      'how often to ask, at most five times a second (default 3, and the least for --free)',
    helpValue: 'NUMBER',
    min: 1,
    max: 1_000,
  }),
  window: duration({
    helpValue: '2s',
    description:
      'how long to listen, always to the end (default 2s for 3 questions; --free 5s, at least 4s)',
  }),
  free: Flags.boolean({
    description: 'ask whether the address is unused, without a sender address (RFC 5227)',
  }),
  beside: Flags.string({
    description: 'also ask for these neighbours, such as nodes, to compare Ethernet addresses',
    helpValue: 'ADDRESSES',
    multiple: true,
    delimiter: ',',
    multipleNonGreedy: true,
  }),
  port: Flags.string({
    description: 'also try these TCP ports (comma separated, repeatable)',
    helpValue: 'PORTS',
    multiple: true,
    delimiter: ',',
    multipleNonGreedy: true,
  }),
  output: outputFlag(['text', 'json', 'yaml', 'markdown']),
};
