import type { Receipt } from '../facts/snapshot.ts';
import { plural } from '../facts/in-words.ts';

const units = [
  { seconds: 86_400, name: (count: number) => plural(count, 'day') },
  { seconds: 3_600, name: (count: number) => `${count} h` },
  { seconds: 60, name: (count: number) => `${count} min` },
  { seconds: 1, name: (count: number) => `${count} s` },
] as const;

/** `12 min ago`, seen from `takenAt`; undefined when there is no time to speak of. */
export function ageOf(at: string | undefined, takenAt: string): string | undefined {
  const seconds = Math.round((Date.parse(takenAt) - Date.parse(at ?? '')) / 1000);
  if (Number.isNaN(seconds)) {
    return undefined;
  }
  if (seconds <= 0) {
    return 'just now';
  }
  for (const unit of units) {
    if (seconds >= unit.seconds) {
      return `${unit.name(Math.floor(seconds / unit.seconds))} ago`;
    }
  }
  return 'just now';
}

/** `214 kB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) {
    return `${bytes} B`;
  }
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What the reading cost: `11 calls, 214 kB, 0.4 s`; undefined when no server was asked. */
export function costOf(receipt: Receipt): string | undefined {
  if (receipt.calls === 0) {
    return undefined;
  }
  const seconds = (receipt.ms / 1_000).toFixed(1);
  return `${plural(receipt.calls, 'call')}, ${sizeOf(receipt.bytes)}, ${seconds} s`;
}
