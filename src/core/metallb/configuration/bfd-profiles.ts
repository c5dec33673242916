import type { BFDProfile } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem } from '../configuration.ts';
import { problemOf } from './problem.ts';
import type { SpeakerRules } from './speaker-rules.ts';

interface Limit {
  readonly field:
    | 'detectMultiplier'
    | 'receiveInterval'
    | 'transmitInterval'
    | 'minimumTtl'
    | 'echoInterval';
  readonly says: string;
  readonly from: number;
  readonly to: number;
}

/** In the order MetalLB looks at them. */
const limits: readonly Limit[] = [
  { field: 'detectMultiplier', says: 'invalid detect multiplier value', from: 2, to: 255 },
  { field: 'receiveInterval', says: 'invalid receive interval value', from: 10, to: 60_000 },
  { field: 'transmitInterval', says: 'invalid transmit interval value', from: 10, to: 60_000 },
  { field: 'minimumTtl', says: 'invalid minimum ttl value', from: 1, to: 254 },
  { field: 'echoInterval', says: 'invalid echo interval value', from: 10, to: 60_000 },
];

/** Figures outside the ranges that BFD has. MetalLB counts profiles instead of naming them. */
export function bfdProfileProblems(
  profiles: readonly BFDProfile[],
  rules: SpeakerRules,
): readonly ConfigurationProblem[] {
  return profiles.flatMap((profile, index) =>
    limits
      .filter((limit) => isOutside(profile, limit))
      .map((limit) => {
        const value = profile.spec[limit.field];
        const range = `invalid value ${value}, must be in ${limit.from}-${limit.to} range`;
        const said = rules.joinsErrors ? `${range}\n${limit.says}` : `${limit.says}: ${range}`;
        return problemOf(profile, {
          rule: 'bfd-range',
          entry: limit.field,
          message: `parsing bfd profile #${index + 1}: ${said}`,
        });
      }),
  );
}

function isOutside({ spec }: BFDProfile, { field, from, to }: Limit): boolean {
  const value = spec[field];
  return value !== undefined && (value < from || value > to);
}
