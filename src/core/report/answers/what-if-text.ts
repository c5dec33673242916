import type { Forecast, ForecastAddresses, WhatIfReport } from '../../facts/what-if.ts';
import { costOf } from '../amounts.ts';
import { unknownSection } from '../cause-text.ts';
import { commandLine, laidOut, section, tableLines, type Section } from '../layout.ts';
import type { Canvas, Ink } from '../style.ts';
import { tabled } from '../table.ts';
import { columnsOf } from '../wrap.ts';
import { headSection } from '../answer-frame.ts';

/** A forecast for a person at a terminal. */
export function whatIfText(report: WhatIfReport, canvas: Canvas): string {
  const { forecast } = report;
  const blocks: readonly (readonly Section[])[] = [
    [headSection(forecast.headline, ['bold', colourOf(forecast)], report)],
    [
      section('if', forecast.changes),
      section(
        'not now',
        forecast.hindrances.map(({ cause, check, says }) => `${cause} (${check}): ${says}`),
      ),
      section('loses', forecast.loses === undefined ? [] : [forecast.loses.says], ['red']),
      section('config', configurationLines(forecast), ['yellow']),
      { label: 'pools', lines: tableLines({ rows: poolRows(forecast) }) },
      section(hasNoWebhook(report) ? 'refused' : 'webhook', webhookLines(report)),
      section('shown', announcementLines(forecast)),
      section('events', eventLines(forecast)),
      section('others', otherLines(forecast)),
      section('note', forecast.notes),
      unknownSection(forecast.unknowns),
      commandSection(forecast),
    ],
    [{ label: '', lines: [{ text: lastLine(report), inks: ['dim'] }] }],
  ];
  return laidOut(blocks, canvas);
}

const inkOf: Readonly<Record<Forecast['outcome'], Ink>> = {
  gets: 'green',
  keeps: 'green',
  'may-get': 'yellow',
  'gets-nothing': 'red',
  'not-handled': 'red',
  unknown: 'yellow',
};

function colourOf({ actsNow, refusal, outcome }: Forecast): Ink {
  return actsNow && refusal === undefined ? inkOf[outcome] : 'red';
}

/** Beyond this many columns before what is said of a pool, that goes onto a line of its own. */
const roomBefore = 40;

/** A line for each pool, or two. */
export function poolLines({ pools, options }: Forecast): readonly string[] {
  const rows = poolRows({ pools, options });
  const heads = tabled(rows.map((row) => row.slice(0, -1)));
  return heads.some((head) => columnsOf(head) > roomBefore)
    ? heads.flatMap((head, index) => [head, `   ${pools[index]?.says ?? ''}`])
    : tabled(rows);
}

/** `>` marks a pool that the address would come from. */
function poolRows({
  pools,
  options,
}: Pick<Forecast, 'pools' | 'options'>): readonly (readonly string[])[] {
  const reached = new Set(options.map(({ pool }) => pool));
  return pools.map(({ name, ranges, addedRanges, says }) => [
    reached.has(name) ? '>' : '-',
    name,
    ranges.map((range) => (addedRanges.includes(range) ? `${range} (new)` : range)).join(', '),
    says,
  ]);
}

/** What MetalLB works with instead of the pools as they stand; what is not known stands among the unknown. */
export function configurationLines({ worksWith }: Forecast): readonly string[] {
  return worksWith === undefined || worksWith.holds === 'unknown' ? [] : [worksWith.says];
}

/** Before v0.13 MetalLB's configuration is a ConfigMap, which no webhook looks at. */
export function hasNoWebhook({ installation }: WhatIfReport): boolean {
  return installation?.configMap !== undefined;
}

/** What the webhook says, by pool where several are written; where there is none, only what MetalLB would refuse. */
export function webhookLines(report: WhatIfReport): readonly string[] {
  const { poolChanges } = report.forecast;
  return poolChanges
    .filter(({ isAccepted }) => !isAccepted || !hasNoWebhook(report))
    .map(({ name, says }) => (poolChanges.length === 1 ? says : `pool ${name}: ${says}`));
}

/** Who announces the addresses it may get. */
export function announcementLines({ pools, options }: Forecast): readonly string[] {
  const reached = new Set(options.map(({ pool }) => pool));
  return pools
    .filter(({ name, isAdded }) => isAdded || reached.has(name))
    .map(({ name, advertisedBy }) => {
      if (advertisedBy === undefined) {
        return `${name}: whether it is announced is unknown, the advertisements could not be read`;
      }
      return advertisedBy.length === 0
        ? `${name}: NOT ADVERTISED, nobody would answer for its addresses`
        : `${name}: announced by ${advertisedBy.join(', ')}`;
    });
}

/** `Warning AllocationFailed: …`, as MetalLB writes them. */
export function eventLines({ events }: Forecast): readonly string[] {
  return events.map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
}

const othersShown = 8;
const endingsShown = 4;

/** Who else moves, and where to; those who may come to the same are told together. */
export function otherLines({ others }: Forecast): readonly string[] {
  const shown = others.slice(0, othersShown);
  const lines = [...Map.groupBy(shown, ({ endings }) => endingsText(endings))].map(
    ([endings, who]) => {
      const names = who.map(({ service, now }) => `${service} (${hasText(now)})`);
      const each = who.length > 1 && !endings.startsWith('nothing') ? ' each' : '';
      return `${listed(names, 'and')} would${each} get ${endings}`;
    },
  );
  const rest = others.length - othersShown;
  return rest > 0 ? [...lines, `and ${rest} more Services (-o json)`] : lines;
}

function hasText(now: readonly string[]): string {
  return now.length === 0 ? 'pending now' : `has ${now.join(' and ')}`;
}

/** `10.0.0.1, 10.0.0.2 or one of 6 others from lan or nothing`, each pool named once. */
function endingsText(endings: readonly ForecastAddresses[]): string {
  const isServed = ({ addresses }: ForecastAddresses): boolean => addresses.length > 0;
  const byPool = Map.groupBy(endings.filter(isServed), ({ pool }) => pool ?? '?');
  const texts = [...byPool].map(([pool, all]) => {
    const told = all.slice(0, endingsShown).map(({ addresses }) => addresses.join(' and '));
    const more = all.length - told.length;
    const rest = more > 0 ? [`one of ${more} others`] : [];
    return `${listed([...told, ...rest], 'or')} from ${pool}`;
  });
  return [...texts, ...(endings.every(isServed) ? [] : ['nothing'])].join(' or ');
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Who runs the commands has read the line above them. */
function commandSection({ commands, warning }: Forecast): Section {
  const lines = commands.map((text) => commandLine(text));
  return {
    label: 'to do',
    lines:
      warning === undefined ? lines : [{ text: `CAREFUL: ${warning}`, inks: ['red'] }, ...lines],
  };
}

function lastLine({ receipt }: WhatIfReport): string {
  return ['nothing was changed', costOf(receipt)].filter((part) => part !== undefined).join(' · ');
}
