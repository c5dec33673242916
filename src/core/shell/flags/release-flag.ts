import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../facts/errors.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { newestKnownRelease, releases } from '../../metallb/releases.ts';
import { parseVersion } from '../../metallb/versions.ts';

/** A release of MetalLB, as `v0.16.2` or `0.16.2`. */
export const releaseFlag = Flags.custom<string>({
  helpValue: 'VERSION',
  parse: async (text, { id, argv }, { name }) => {
    if (parseVersion(text) === undefined) {
      const meant = releaseLike(text);
      throw new UsageError(`--${name} ${text} is not a release; write it as ${meant}`, {
        suggestions: [commandWith(argv, { flag: `--${name}`, text, meant }, id)],
      });
    }
    return text;
  },
});

/** `v0.15` means the newest v0.15.x. */
function releaseLike(text: string): string {
  const series = `v${text.replace(/^v/, '').replace(/\.$/, '')}.`;
  const within = releases.filter(({ version }) => version.startsWith(series));
  return within.at(-1)?.version ?? newestKnownRelease;
}

/** The command that was typed, with this one word as it was meant. */
function commandWith(
  argv: readonly string[],
  { flag, text, meant }: { readonly flag: string; readonly text: string; readonly meant: string },
  id: string | undefined,
): string {
  const words = argv.map((word, index) => {
    const isValue = word === text && argv[index - 1] === flag;
    return word === `${flag}=${text}` ? `${flag}=${meant}` : shellWord(isValue ? meant : word);
  });
  return ['triage', id ?? '', ...words].join(' ');
}
