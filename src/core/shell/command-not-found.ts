import type { Hook } from '@oclif/core/hooks';
import { nearNames } from '../cluster/near-names.ts';
import { UsageError } from '../facts/errors.ts';
import { errorReportOf, failureText } from '../report/failure-text.ts';
import { jsonOf } from '../report/json.ts';
import { yamlOf } from '../report/yaml.ts';
import { failureOf } from './failure.ts';
import { canvasFor } from './terminal/terminal.ts';
import { formatIn } from './flags/words.ts';

/** What of a command decides which words it takes. */
interface CommandShape {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly hidden: boolean;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Program {
  readonly bin: string;
  readonly commands: readonly CommandShape[];
}

/** A line that names no command, or gives words to one that takes none, is bad usage like any other. */
export const commandNotFound: Hook.CommandNotFound = async ({ id, argv = [], config }) => {
  const words = [...id.split(':'), ...argv];
  const error = refusalOf(words, config) ?? unknownCommand(words, config);
  const failure = failureOf(error, undefined);
  const screen = { stream: process.stderr, env: process.env };
  const canvas = canvasFor(screen, {
    color: 'auto',
    verbose: false,
    wide: false,
    program: config.bin,
  });
  const document = errorReportOf(failure, { command: words[0] ?? '', version: config.version });
  const format = formatIn(argv) ?? process.env['TRIAGE_OUTPUT'];
  if (format === 'json' || format === 'yaml') {
    process.stdout.write(format === 'json' ? jsonOf(document) : yamlOf(document));
  }
  process.stderr.write(failureText(failure, canvas));
  process.exitCode = failure.exitCode;
};

const helpWords: readonly string[] = ['--help', '-h', 'help'];
const fromPlugins: readonly string[] = ['autocomplete', 'help'];

/** Why no command can take this line; undefined when one may. oclif itself would join all words to one name. */
export function refusalOf(words: readonly string[], program: Program): UsageError | undefined {
  const [first = ''] = words;
  if (helpWords.includes(first)) {
    const topic = words.slice(1).find((word) => !word.startsWith('-'));
    return topic === undefined || commandOf(topic, program) !== undefined || isOfPlugin(topic)
      ? undefined
      : unknownCommand([topic], program);
  }
  if (words.length === 0 || isOfPlugin(first) || first === '--version') {
    return undefined;
  }
  if (first.startsWith('-')) {
    return words.some((word) => helpWords.includes(word)) ? undefined : flagFirst(first, program);
  }
  const command = commandOf(first, program);
  if (command === undefined) {
    return unknownCommand(words, program);
  }
  const [, second = '-'] = words;
  const takesWords = Object.keys(command.args).length > 0 || second.startsWith('-');
  return takesWords ? undefined : superfluous(first, second, program);
}

function commandOf(word: string, { commands }: Program): CommandShape | undefined {
  return commands.find(({ id, aliases }) => id === word || aliases.includes(word));
}

function isOfPlugin(word: string): boolean {
  return fromPlugins.includes(word);
}

function unknownCommand(words: readonly string[], { bin, commands }: Program): UsageError {
  const [word = ''] = words;
  const known = commands.filter(({ hidden }) => !hidden);
  const idOf = new Map(
    known.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id])),
  );
  const names = nearNames(word, [...idOf.keys(), 'help']);
  const near = [...new Set(names.map((name) => idOf.get(name) ?? name))];
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  return new UsageError(`${bin} has no command "${word}"${meant}`, {
    suggestions: [...near.map((name) => `${bin} ${name}`), `${bin} help`],
  });
}

function flagFirst(flag: string, { bin }: Program): UsageError {
  return new UsageError(`the command comes before its flags, and "${flag}" is none`, {
    suggestions: [`${bin} health ${flag}`, `${bin} --version`, `${bin} help`],
  });
}

function superfluous(command: string, word: string, { bin }: Program): UsageError {
  const isService = command === 'health' && word.includes('/');
  return new UsageError(`${bin} ${command} takes flags only, and "${word}" is none`, {
    suggestions: [...(isService ? [`${bin} pending ${word}`] : []), `${bin} ${command} --help`],
  });
}
