import type { Canvas } from '../../report/style.ts';

/** What of the process decides how we write: one output stream and the environment. */
export interface Screen {
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the person asked for. */
export interface Wishes {
  readonly color: 'auto' | 'always' | 'never';
  readonly verbose: boolean;
  readonly wide: boolean;
  /** `triage` or `kubectl triage`. */
  readonly program: string;
}

const usualColumns = 80;
const fewestColumns = 20;

/** The canvas for text on this screen. */
export function canvasFor({ stream, env }: Screen, wishes: Wishes): Canvas {
  return {
    width: widthOf({ stream, env }),
    piped: stream.isTTY !== true,
    colour: hasColour({ stream, env }, wishes.color),
    unicode: showsUnicode(env),
    verbose: wishes.verbose,
    wide: wishes.wide,
    program: wishes.program,
  };
}

function widthOf({ stream, env }: Screen): number {
  const wanted = Number(env['COLUMNS']);
  const columns = Number.isInteger(wanted) && wanted > 0 ? wanted : (stream.columns ?? 0);
  return columns === 0 ? usualColumns : Math.max(fewestColumns, columns);
}

function hasColour({ stream, env }: Screen, color: Wishes['color']): boolean {
  if (color !== 'auto') {
    return color === 'always';
  }
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** A locale that is set and is not UTF-8 cannot show our signs; without any locale UTF-8 is the rule today. */
function showsUnicode(env: Screen['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => (value ?? '') !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
