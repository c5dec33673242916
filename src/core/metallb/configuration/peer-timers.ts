import type { BGPPeer } from '../../facts/kube-objects.ts';
import { quoted } from '../go-text.ts';
import { durationText, parseDuration } from './go-duration.ts';
import type { SpeakerRules } from './speaker-rules.ts';

const second = 1e9;

interface TimersFault {
  readonly field: string;
  readonly message: string;
}

/**
 * The hold time is 0 or at least three seconds, and no shorter than the keepalive time. A missing one is derived from
 * the other; below v0.14.9 zero and missing meant 90 s.
 */
export function timersFault(spec: BGPPeer['spec'], rules: SpeakerRules): TimersFault | undefined {
  const unreadable = (['holdTime', 'keepaliveTime', 'connectTime'] as const).find(
    (field) => spec[field] !== undefined && parseDuration(spec[field]) === undefined,
  );
  if (unreadable !== undefined) {
    const message = `time: invalid duration ${quoted(spec[unreadable] ?? '')}`;
    return { field: unreadable, message };
  }
  const hold = timeOf(spec.holdTime);
  const keepalive = timeOf(spec.keepaliveTime);
  return rules.knowsDynamicASN ? presentFault(hold, keepalive) : oldFault(rules, hold, keepalive);
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

function presentFault(
  hold: number | undefined,
  keepalive: number | undefined,
): TimersFault | undefined {
  if (hold === undefined && keepalive === undefined) {
    return undefined;
  }
  const holdTime = hold ?? (keepalive ?? 0) * 3;
  const keepaliveTime = keepalive ?? Math.trunc(holdTime / 3);
  if (isTooShort(holdTime)) {
    const message = `invalid hold time ${dumped(hold)}: must be 0 or >=3s`;
    return { field: 'holdTime', message: `invalid BGPPeer timers: ${message}` };
  }
  if (keepaliveTime <= holdTime) {
    return undefined;
  }
  const message = `invalid keepaliveTime ${dumped(keepalive)}, must be lower than holdTime ${dumped(hold)}`;
  return { field: 'keepaliveTime', message: `invalid BGPPeer timers: ${message}` };
}

function oldFault(rules: SpeakerRules, hold = 0, keepalive = 0): TimersFault | undefined {
  const holdTime = hold === 0 ? 90 * second : hold;
  const keepaliveTime = keepalive === 0 ? Math.trunc(holdTime / 3) : keepalive;
  if (isTooShort(holdTime)) {
    const message = `invalid hold time ${shown(holdTime)}: must be 0 or >=3s`;
    return { field: 'holdTime', message };
  }
  const message = rules.joinsErrors
    ? `${shown(keepalive)} must be smaller than holdtime ${shown(holdTime)}`
    : `{${shown(keepalive)}}`;
  return keepaliveTime > holdTime
    ? { field: 'keepaliveTime', message: `invalid keepaliveTime ${message}` }
    : undefined;
}

/** Only whole seconds count, so 2.9 s is 2 s, and 0.9 s is none at all, which is allowed. */
function isTooShort(time: number): boolean {
  const seconds = Math.trunc(time / second);
  return seconds !== 0 && seconds < 3;
}

function shown(time: number): string {
  return quoted(durationText(time));
}

/** From v0.14.9 on MetalLB prints the object around the time. */
function dumped(time: number | undefined): string {
  return quoted(time === undefined ? 'nil' : `&Duration{Duration:${durationText(time)},}`);
}
