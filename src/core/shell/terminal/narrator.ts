import type { Narrator } from '../../facts/ports.ts';
import { visible } from '../../report/escape.ts';

const patienceMs = 300;

/** Says nothing; for pipes, files and JSON. */
export const silentNarrator: Narrator = { phase: () => {}, done: () => {} };

/**
 * A spinner on stderr that only shows up when the work takes longer than a moment, and leaves no trace.
 * It is loaded at that moment, so a quick answer does not pay for it.
 */
export function spinningNarrator(stream: NodeJS.WriteStream): Narrator {
  let title = '';
  let spinner: { text: string; stop: () => unknown } | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function show(): Promise<void> {
    const { default: ora } = await import('ora');
    if (timer !== undefined) {
      spinner = ora({ text: title, stream, discardStdin: false, hideCursor: false }).start();
    }
  }

  return {
    phase(next) {
      title = visible(next);
      if (spinner !== undefined) {
        spinner.text = title;
      }
      timer ??= setTimeout(() => void show(), patienceMs).unref();
    },
    done() {
      clearTimeout(timer);
      timer = undefined;
      spinner?.stop();
      spinner = undefined;
    },
  };
}

/** The narrator for this stream: a spinner at a terminal that knows its width (ora never ends without), else silence. */
export function narratorFor(stream: NodeJS.WriteStream): Narrator {
  const canSpin = stream.isTTY && stream.columns > 0 && process.env['TERM'] !== 'dumb';
  return canSpin ? spinningNarrator(stream) : silentNarrator;
}
