import { countText } from '../../facts/count-text.ts';
import type {
  PoolClaim,
  PoolFigures,
  PoolsReport,
  PoolStanding,
} from '../../facts/pools-report.ts';
import { unknownSection } from '../cause-text.ts';
import { laidOut, section, tableLines, type Line, type Section } from '../layout.ts';
import type { Canvas } from '../style.ts';
import { costSection, headSection } from '../answer-frame.ts';

/** The pools for a person at a terminal; holders by name when one pool is asked for or everything is wanted. */
export function poolsText(report: PoolsReport, canvas: Canvas, namesHolders: boolean): string {
  const hasConflict = report.pools.some(({ claims }) => claims.length > 0);
  const blocks: readonly (readonly Section[])[] = [
    [headSection(report.headline, hasConflict ? ['bold', 'red'] : ['bold'], report)],
    ...report.pools.map((pool) => poolSections(pool, namesHolders)),
    [
      section(
        'refused',
        report.broken.map(({ name, says }) => `${name}: ${says}`),
      ),
      section('note', report.notes),
      unknownSection(report.unknowns),
    ],
    [costSection(report)],
  ];
  return laidOut(blocks, canvas);
}

function poolSections(pool: PoolStanding, namesHolders: boolean): readonly Section[] {
  const label = pool.name.length < 8 ? pool.name : '';
  const first = label === '' ? `${pool.name}  ${pool.ranges.join(', ')}` : pool.ranges.join(', ');
  const { published } = pool;
  const lines: readonly Line[] = [
    { text: first },
    ...figureLines(pool).map((text): Line => ({
      text,
      inks: pool.inForce === false ? ['yellow'] : [],
    })),
    { text: `${pool.handsOut}; ${announcedText(pool)}` },
    ...claimLines(pool.claims),
    ...(published !== undefined && (namesHolders || !published.agrees)
      ? [{ text: published.says, inks: published.agrees ? ([] as const) : (['yellow'] as const) }]
      : []),
    ...(namesHolders ? holderLines(pool) : []),
  ];
  return [{ label, lines: label === '' ? indented(lines) : lines }];
}

/** A long name stands at the margin with its ranges, the rest under it. */
function indented(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => (index === 0 ? line : { ...line, indent: 8 }));
}

const nameOf = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/** The figures, by family where there are both. */
export function figureLines({ families, inForce, usable }: PoolStanding): readonly string[] {
  if (inForce === false) {
    return [
      `not in force: MetalLB refuses the configuration it is part of; ${counted(usable)} usable otherwise`,
    ];
  }
  if (families.length === 0) {
    return ['no address: its ranges hold none that MetalLB could hand out'];
  }
  return families.length === 1
    ? families.map(figuresOf)
    : families.map((figures) => `${nameOf[figures.family]}: ${figuresOf(figures)}`);
}

/** `1,280 usable (1 of them claimed elsewhere), 40 taken, 1,239 free`. */
function figuresOf(figures: PoolFigures): string {
  const { size, usable, claimed, taken, takenAndClaimed, free } = figures;
  const avoided = BigInt(size) - BigInt(usable);
  const parts = [
    claimed === '0'
      ? `${counted(usable)} usable`
      : `${counted(usable)} usable (${counted(claimed)} of them claimed elsewhere)`,
    ...(avoided === 0n ? [] : [`${countText(avoided)} left out by avoidBuggyIPs`]),
    takenAndClaimed === '0'
      ? `${counted(taken)} taken`
      : `${counted(taken)} taken (${counted(takenAndClaimed)} of them claimed elsewhere)`,
    `${counted(free)} free`,
  ];
  return parts.join(', ');
}

/** `announced by l2/lan`. */
export function announcedText({ advertisedBy }: PoolStanding): string {
  if (advertisedBy === undefined) {
    return 'whether it is announced is unknown';
  }
  return advertisedBy.length === 0
    ? 'NOT ADVERTISED, nobody answers for its addresses'
    : `announced by ${advertisedBy.join(', ')}`;
}

const claimsShown = 4;

/** Every conflict, and some of what is only odd. */
export function shownClaims(claims: readonly PoolClaim[]): {
  readonly shown: readonly PoolClaim[];
  readonly more: number;
} {
  const conflicts = claims.filter(({ isConflict }) => isConflict);
  const rest = claims.filter(({ isConflict }) => !isConflict);
  const shown = [...conflicts, ...rest.slice(0, claimsShown)];
  return { shown, more: claims.length - shown.length };
}

function claimLines(claims: readonly PoolClaim[]): readonly Line[] {
  const { shown, more } = shownClaims(claims);
  return [
    ...shown.map(({ says, isConflict }): Line => {
      return { text: `! ${says}`, inks: isConflict ? ['red'] : ['yellow'] };
    }),
    ...(more > 0 ? [{ text: `! and ${more} more such claims (-o json)` }] : []),
  ];
}

function holderLines({ holders }: PoolStanding): readonly Line[] {
  return tableLines({
    rows: holders.map(({ address, services }) => [address, services.join(', ')]),
  });
}

function counted(count: string): string {
  return countText(BigInt(count));
}
