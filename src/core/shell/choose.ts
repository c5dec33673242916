/** One thing to choose, and how it is shown. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Whether somebody is there to answer: both the keyboard and stderr are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on stderr, so that stdout stays free for the answer. */
export async function choose(
  message: string,
  choices: readonly Choice[],
  signal: AbortSignal,
): Promise<string> {
  const { createPromptModule } = await import('inquirer');
  const ask = createPromptModule({ input: process.stdin, output: process.stderr, signal });
  const { chosen } = await ask<{ chosen: string }>([
    { type: 'select', name: 'chosen', message, choices: [...choices], loop: false },
  ]);
  return chosen;
}
