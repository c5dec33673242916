/** Milliseconds from `time` to `now`; undefined when there is no readable time. */
export function ageMs(time: string | undefined, now: string): number | undefined {
  const age = time === undefined ? Number.NaN : Date.parse(now) - Date.parse(time);
  return Number.isNaN(age) ? undefined : age;
}

const units = [
  { name: 'd', ms: 86_400_000, least: 2 },
  { name: 'h', ms: 3_600_000, least: 2 },
  { name: 'min', ms: 60_000, least: 2 },
] as const;

/** `41 d`, `12 min`, `30 s`: the greatest unit of which there are at least two. */
export function durationText(ms: number): string {
  const unit = units.find((each) => ms >= each.ms * each.least);
  return unit === undefined
    ? `${Math.max(0, Math.round(ms / 1000))} s`
    : `${Math.floor(ms / unit.ms)} ${unit.name}`;
}

/** ` 12 min ago`, or nothing when the time is not known. */
export function agoText(time: string | undefined, now: string): string {
  const age = ageMs(time, now);
  return age === undefined ? '' : ` ${durationText(age)} ago`;
}

/** The latest of these times; undefined when none can be read. */
export function newestOf(times: readonly (string | undefined)[]): string | undefined {
  const known = times.flatMap((time) => {
    const at = Date.parse(time ?? '');
    return time === undefined || Number.isNaN(at) ? [] : [{ time, at }];
  });
  return known.reduce<{ time: string; at: number } | undefined>(
    (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
    undefined,
  )?.time;
}
