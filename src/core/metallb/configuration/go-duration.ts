const nanoseconds = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

/** A time as Go writes it (`1m30s`, `1.5h`) in nanoseconds; undefined when Go could not read it. */
export function parseDuration(text: string): number | undefined {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') {
    return 0;
  }
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)];
  const length = parts.reduce((sum, [part]) => sum + part.length, 0);
  if (parts.length === 0 || length < rest.length) {
    return undefined;
  }
  const total = parts.reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (nanoseconds.get(unit) ?? 0),
    0,
  );
  return sign === '-' ? -total : total;
}

/** The time as Go prints it: `1m30s`, `500ms`, `0s`. */
export function durationText(time: number): string {
  if (time === 0) {
    return '0s';
  }
  if (time < 0) {
    return `-${durationText(-time)}`;
  }
  const small = [
    [1e3, 1, 'ns'],
    [1e6, 1e3, 'µs'],
    [1e9, 1e6, 'ms'],
  ] as const;
  const unit = small.find(([limit]) => time < limit);
  return unit === undefined ? longText(time) : `${time / unit[1]}${unit[2]}`;
}

function longText(time: number): string {
  const hours = Math.floor(time / 3600e9);
  const minutes = Math.floor((time % 3600e9) / 60e9);
  const seconds = `${(time % 60e9) / 1e9}s`;
  if (hours > 0) {
    return `${hours}h${minutes}m${seconds}`;
  }
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
