/** One thing to choose, and how it is shown. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What is asked, and between what; `filters` lets the person type a part of the name. */
export interface Choosing {
  readonly message: string;
  readonly choices: readonly Choice[];
  readonly filters?: boolean;
}

/** Whether somebody is there to answer: both the keyboard and stderr are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on stderr, so that stdout stays free for the answer. */
export async function choose(
  { message, choices, filters = false }: Choosing,
  signal: AbortSignal,
): Promise<string> {
  const { createPromptModule } = await import('inquirer');
  const ask = createPromptModule({ input: process.stdin, output: process.stderr, signal });
  const question = { name: 'chosen', message } as const;
  const { chosen } = await ask<{ chosen: string }>([
    filters
      ? { ...question, type: 'search', source: (typed) => matching(choices, typed ?? '') }
      : { ...question, type: 'select', choices: [...choices], loop: false },
  ]);
  return chosen;
}

/** Asks for a yes on stderr; whoever only presses Enter says no. */
export async function confirm(message: string, signal: AbortSignal): Promise<boolean> {
  const { createPromptModule } = await import('inquirer');
  const ask = createPromptModule({ input: process.stdin, output: process.stderr, signal });
  const question = { type: 'confirm', name: 'agreed', message, default: false } as const;
  const { agreed } = await ask<{ agreed: boolean }>([question]);
  return agreed;
}

/** Choices whose name holds every word that was typed. */
export function matching(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed.toLowerCase().split(/\s+/);
  return choices.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
