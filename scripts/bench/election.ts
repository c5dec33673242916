import { atMost, type Figure } from './figure.ts';
import { run, type Cost } from './measure.ts';

/** What one process measured, in seconds of processor time. */
export interface ElectionTimes {
  /** The announcer in layer 2 of every Service, and nothing else. */
  readonly elect: number;
  /** `announcers` over all of them, both protocols. */
  readonly announcers: number;
  /** `drill --node`. */
  readonly drill: number;
  /** `drill --each`. */
  readonly each: number;
}

const sizes = { small: 10_000, large: 50_000 } as const;
const nodes = 500;

/** The elections of 50,000 Services on 500 nodes, and that time and memory grow in step with the Services. */
export async function benchElection(): Promise<readonly Figure[]> {
  const small = await once(sizes.small);
  const large = await once(sizes.large);
  const factor = sizes.large / sizes.small;
  const seconds = { limit: 5, unit: ' s' } as const;
  const what = '50,000 Services x 500 nodes';
  return [
    atMost(`election, ${what}`, large.times.elect, seconds),
    atMost(`announcers, ${what}`, large.times.announcers, { ...seconds, limit: 10 }),
    atMost(`drill of a node, ${what}`, large.times.drill, { ...seconds, limit: 10 }),
    atMost(`drill of each node, ${what}`, large.times.each, { ...seconds, limit: 15 }),
    atMost(
      'election, growth from 10,000 to 50,000 over linear',
      large.times.elect / small.times.elect / factor,
      { limit: 1.5, unit: 'x' },
    ),
    atMost(
      'peak memory, growth from 10,000 to 50,000 over linear',
      large.cost.peakMegabytes / small.cost.peakMegabytes / factor,
      { limit: 1, unit: 'x' },
    ),
    atMost(`peak memory of all four, ${what}`, large.cost.peakMegabytes, {
      limit: 1_500,
      unit: ' MB',
    }),
  ];
}

async function once(
  services: number,
): Promise<{ readonly times: ElectionTimes; readonly cost: Cost }> {
  const script = 'scripts/bench/election-once.ts';
  const cost = await run(process.execPath, [script, String(services), String(nodes)]);
  return { cost, times: JSON.parse(cost.stdout) as ElectionTimes };
}
