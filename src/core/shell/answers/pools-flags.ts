import * as Flags from '@oclif/core/flags';
import { outputFlag } from '../flags/flags.ts';

/** What is asked of the pools; with `-v` the holders, since nothing passes here or is ruled out. */
export const poolsFlags = {
  verbose: Flags.boolean({
    char: 'v',
    description: 'also everybody who holds an address, as -o wide',
    helpGroup: 'OUTPUT',
  }),
  output: outputFlag(['text', 'wide', 'json', 'yaml', 'markdown']),
  against: Flags.string({
    description: "another cluster's recording to compare with (repeatable)",
    helpValue: 'PATH',
    multiple: true,
    multipleNonGreedy: true,
  }),
};
