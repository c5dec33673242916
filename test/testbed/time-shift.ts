/** Moves every point in time that a text mentions: RFC 3339 times, and the heads of klog lines. */
export function shiftTimes(text: string, shift: TimeShift): string {
  const seconds = Math.round(shift.byMs / 1_000);
  if (seconds === 0) {
    return text;
  }
  return text
    .replaceAll(RFC3339, (whole, second: string, fraction: string | undefined, zone: string) => {
      const moved = movedSecond(`${second}${zone}`, seconds);
      return moved === undefined ? whole : `${moved}${fraction ?? ''}Z`;
    })
    .replaceAll(KLOG, (whole, level: string, month: string, day: string, clock: string) => {
      const moved = movedSecond(`${shift.year}-${month}-${day}T${clock}Z`, seconds);
      return moved === undefined ? whole : `${level}${klogTime(moved)}`;
    });
}

export interface TimeShift {
  readonly byMs: number;
  /** The year of klog lines, which do not say theirs. */
  readonly year: number;
}

const RFC3339 = /\b(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})/g;
const KLOG = /(?<=^|[\s"])([IWEF])(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2})(?=\.\d{6})/gm;

function movedSecond(time: string, seconds: number): string | undefined {
  const at = Date.parse(time);
  return Number.isNaN(at)
    ? undefined
    : new Date(at + seconds * 1_000).toISOString().replace('.000Z', '');
}

/** `2026-11-03T09:12:00` as klog writes it: `1103 09:12:00`. */
function klogTime(second: string): string {
  return `${second.slice(5, 7)}${second.slice(8, 10)} ${second.slice(11)}`;
}
