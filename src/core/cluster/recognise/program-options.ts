import type { Container } from '../../facts/kube-objects.ts';

/** The value of a Go flag (`--lb-class=x`, `-lb-class x`); undefined when it is not given or empty. */
export function valueOf(container: Container, flagName: string): string | undefined {
  const words = [...container.command, ...container.args];
  const index = words.findIndex((word) => nameOfFlag(word) === flagName);
  const word = words[index];
  if (word === undefined) {
    return undefined;
  }
  const equals = word.indexOf('=');
  const value = equals === -1 ? words[index + 1] : word.slice(equals + 1);
  return value === '' || value?.startsWith('--') === true ? undefined : value;
}

/** True when a boolean Go flag is given and not turned off again. */
export function isSet(container: Container, flagName: string): boolean {
  return [...container.command, ...container.args].some(
    (word) => nameOfFlag(word) === flagName && !/=(false|f|0)$/i.test(word),
  );
}

function nameOfFlag(word: string): string | undefined {
  return /^--?([^=]+)/.exec(word)?.[1];
}
