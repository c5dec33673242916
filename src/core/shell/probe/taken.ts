import { OutsideError } from '../../facts/errors.ts';
import type { WireLook } from '../../facts/wire.ts';
import { visible } from '../../report/escape.ts';
import type { Looked, ProbeHands } from './probing.ts';

/**
 * A look that fails for what lies outside (a refused Pod, an image, a time limit) does not cost the answer: it is told at
 * once, and the answer says that it is missing. What the person can mend, and a no, end the command as ever.
 */
export async function taken(
  place: string,
  { tell, signal }: Pick<ProbeHands, 'tell' | 'signal'>,
  look: () => Promise<readonly WireLook[]>,
): Promise<Looked> {
  try {
    return { looks: await look(), untaken: [] };
  } catch (error) {
    if (!(error instanceof OutsideError) || signal.aborted) {
      throw error;
    }
    const says = `the look ${place} could not be taken: ${error.message}`;
    tell([says, ...error.suggestions.map((each) => `  ${each}`)].map(line).join(''));
    return { looks: undefined, untaken: [says] };
  }
}

function line(text: string): string {
  return `${visible(text)}\n`;
}
