import type { Container } from '../../../core/facts/kube-objects.ts';

/** The `--lb-class` this controller is started with; undefined when it serves the Services without a class. */
export function handledClassOf({ command, args }: Container): string | undefined {
  const words = [...command, ...args];
  const index = words.findIndex((word) => /^--?lb-class(?:=|$)/.test(word));
  const word = words[index];
  const value = word?.includes('=') === true ? word.slice(word.indexOf('=') + 1) : words[index + 1];
  return word === undefined || value === '' || value?.startsWith('-') === true ? undefined : value;
}
