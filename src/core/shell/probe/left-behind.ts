const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that a first stop signal does not stop. A second one ends the process at once, as it does everywhere; what it
 * leaves behind is told before.
 */
export async function tellingBeforeDeath<T>(
  stopped: AbortSignal,
  tell: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const die = (name: NodeJS.Signals): void => {
    tell();
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  };
  // one that is added while the first signal is handed round does not hear it
  const beReady = (): void => {
    for (const name of names) {
      process.on(name, die);
    }
  };
  if (stopped.aborted) {
    beReady();
  }
  stopped.addEventListener('abort', beReady, { once: true });
  try {
    return await work();
  } finally {
    stopped.removeEventListener('abort', beReady);
    for (const name of names) {
      process.removeListener(name, die);
    }
  }
}
