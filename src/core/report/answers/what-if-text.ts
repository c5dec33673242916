import type { Forecast, WhatIfReport } from '../../facts/what-if.ts';
import { costOf } from '../amounts.ts';
import { unknownSection } from '../cause-text.ts';
import { laidOut, tabled } from '../layout.ts';
import type { Line, Section } from '../layout.ts';
import type { Canvas, Ink } from '../style.ts';

/** A forecast for a person at a terminal. */
export function whatIfText(report: WhatIfReport, canvas: Canvas): string {
  const { forecast } = report;
  const blocks: readonly (readonly Section[])[] = [
    [{ label: '', lines: headLines(report) }],
    [
      section('if', forecast.changes),
      section(
        'not now',
        forecast.hindrances.map(({ cause, check, says }) => `${cause} (${check}): ${says}`),
      ),
      section('loses', forecast.loses === undefined ? [] : [forecast.loses.says], ['red']),
      section('config', configurationLines(forecast), ['yellow']),
      section('pools', poolLines(forecast)),
      section('webhook', webhookLines(forecast)),
      section('shown', announcementLines(forecast)),
      section('events', eventLines(forecast)),
      section('others', otherLines(forecast)),
      section('note', forecast.notes),
      unknownSection(forecast.unknowns),
      commandSection(forecast),
    ],
    [{ label: '', lines: [{ text: lastLine(report), inks: ['dim'] }] }],
  ];
  const filled = blocks.map((sections) => sections.filter(({ lines }) => lines.length > 0));
  return laidOut(filled, canvas);
}

const inkOf: Readonly<Record<Forecast['outcome'], Ink>> = {
  gets: 'green',
  keeps: 'green',
  'may-get': 'yellow',
  'gets-nothing': 'red',
  'not-handled': 'red',
  unknown: 'yellow',
};

function headLines({ forecast, interrupted }: WhatIfReport): readonly Line[] {
  const colour =
    forecast.actsNow && forecast.refusal === undefined ? inkOf[forecast.outcome] : 'red';
  const stopped = 'stopped early: this rests on the part of the cluster that was read by then';
  return [
    { text: forecast.headline, inks: ['bold', colour] },
    ...(interrupted ? [{ text: stopped, inks: ['yellow'] as const }] : []),
  ];
}

function section(label: string, texts: readonly string[], inks: readonly Ink[] = []): Section {
  return { label, lines: texts.map((text) => ({ text, inks })) };
}

/** `+` marks the added pool, `>` one that MetalLB may take. */
export function poolLines({ pools }: Forecast): readonly string[] {
  return tabled(
    pools.map(({ name, ranges, says, isEligible, isAdded }) => [
      isEligible ? '>' : '-',
      name,
      `${ranges.join(', ')}${isAdded ? ' (new)' : ''}`,
      says,
    ]),
  );
}

/** What MetalLB works with instead of the pools as they stand; what is not known stands among the unknown. */
export function configurationLines({ worksWith }: Forecast): readonly string[] {
  return worksWith === undefined || worksWith.holds === 'unknown' ? [] : [worksWith.says];
}

/** What the webhook says, by pool where several are written. */
export function webhookLines({ poolChanges }: Forecast): readonly string[] {
  return poolChanges.map(({ name, says }) =>
    poolChanges.length === 1 ? says : `pool ${name}: ${says}`,
  );
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

/** Who else moves, and where to. */
export function otherLines({ others }: Forecast): readonly string[] {
  const lines = others.slice(0, othersShown).map(({ service, now, endings }) => {
    const told = endings
      .slice(0, endingsShown)
      .map(({ pool, addresses }) =>
        addresses.length === 0 ? 'nothing' : `${addresses.join(' and ')} from ${pool ?? '?'}`,
      );
    const more =
      endings.length > endingsShown ? ` or one of ${endings.length - endingsShown} others` : '';
    const has = now.length === 0 ? 'pending now' : `has ${now.join(' and ')}`;
    return `${service} (${has}) would get ${told.join(' or ')}${more}`;
  });
  const rest = others.length - othersShown;
  return rest > 0 ? [...lines, `and ${rest} more Services (-o json)`] : lines;
}

function commandSection({ commands }: Forecast): Section {
  return {
    label: 'to do',
    lines: commands.map((text) => ({ text, kind: 'command', inks: ['cyan'] })),
  };
}

function lastLine({ receipt }: WhatIfReport): string {
  return ['nothing was changed', costOf(receipt)].filter((part) => part !== undefined).join(' · ');
}
