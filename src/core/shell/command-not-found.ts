import type { Hook } from '@oclif/core/hooks';
import { nearNames } from '../cluster/near-names.ts';
import { UsageError } from '../facts/errors.ts';
import { errorReportOf, failureText } from '../report/failure-text.ts';
import { jsonOf } from '../report/json.ts';
import { yamlOf } from '../report/yaml.ts';
import { failureOf } from './failure.ts';
import { canvasFor } from './terminal.ts';
import { formatIn } from './words.ts';

/** A word that is no command is bad usage like any other: near names are offered, nothing is asked. */
export const commandNotFound: Hook.CommandNotFound = async ({ id, argv = [], config }) => {
  const known = config.commands.filter(({ hidden }) => !hidden);
  const near = nearNames(
    id,
    known.flatMap((command) => [command.id, ...command.aliases]),
  );
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  const error = new UsageError(`${config.bin} has no command "${id}"${meant}`, {
    suggestions: [...near.map((name) => `${config.bin} ${name}`), `${config.bin} help`],
  });
  const failure = failureOf(error, undefined);
  const screen = { stream: process.stderr, env: process.env };
  const canvas = canvasFor(screen, {
    color: 'auto',
    verbose: false,
    wide: false,
    program: config.bin,
  });
  const document = errorReportOf(failure, { command: id, version: config.version });
  const format = formatIn(argv);
  if (format === 'json' || format === 'yaml') {
    process.stdout.write(format === 'json' ? jsonOf(document) : yamlOf(document));
  }
  process.stderr.write(failureText(failure, canvas));
  process.exitCode = failure.exitCode;
};
