import * as Flags from '@oclif/core/flags';
import { outputFlag } from '../flags/flags.ts';

/** The flags that say what goes. */
export const drillFlags = {
  node: Flags.string({
    helpValue: 'NAME',
    description: 'think this node away, with its endpoints (repeatable)',
    multiple: true,
    multipleNonGreedy: true,
  }),
  speaker: Flags.string({
    helpValue: 'POD',
    description: 'think this speaker away; the endpoints on its node stay',
  }),
  zone: Flags.string({
    helpValue: 'NAME',
    description: 'think all nodes of this zone away (label topology.kubernetes.io/zone)',
  }),
  each: Flags.boolean({
    description: 'try every node by itself, one row for each',
  }),
  output: outputFlag(['text', 'json', 'yaml', 'markdown']),
};
