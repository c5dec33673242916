import * as Flags from '@oclif/core/flags';
import { UsageError } from '../facts/errors.ts';
import { newestKnownRelease } from '../metallb/releases.ts';
import { parseVersion } from '../metallb/versions.ts';

/** A release of MetalLB, as `v0.16.1` or `0.16.1`. */
export const releaseFlag = Flags.custom<string>({
  helpValue: 'VERSION',
  parse: async (text, _, { name }) => {
    if (parseVersion(text) === undefined) {
      throw new UsageError(`--${name} ${text} is not a release; write it as v0.16.1`, {
        suggestions: [`--${name} ${newestKnownRelease}`],
      });
    }
    return text;
  },
});
