import type { DrillReport } from '../../facts/drill-report.ts';
import { costOf } from '../amounts.ts';
import { unknownSection } from '../cause-text.ts';
import { laidOut, tabled } from '../layout.ts';
import type { Line, Section } from '../layout.ts';
import type { Canvas } from '../style.ts';
import { drilledRows, nodeLossRows, whyLines } from './drill-lines.ts';

/** What a loss would come to, for a person at a terminal; every row when all are wanted. */
export function drillText(report: DrillReport, canvas: Canvas, wantsAll: boolean): string {
  const isBad = report.exitCode === 1;
  const cost = costOf(report.receipt);
  const blocks: readonly (readonly Section[])[] = [
    [
      {
        label: '',
        lines: [{ text: report.headline, inks: isBad ? ['bold', 'red'] : ['bold'] }],
      },
    ],
    [{ label: '', lines: nodeLines(report, wantsAll) }],
    [{ label: '', lines: addressLines(report, wantsAll) }],
    [
      section('why', whyLines(report.addresses)),
      section('time', report.timing),
      section('note', report.notes),
      unknownSection(report.unknowns),
    ],
    [section('', cost === undefined ? [] : [cost])],
  ];
  const filled = blocks.map((sections) => sections.filter(({ lines }) => lines.length > 0));
  return laidOut(filled, canvas);
}

function section(label: string, texts: readonly string[]): Section {
  return { label, lines: texts.map((text) => ({ text })) };
}

const rowsShown = 60;

function addressLines({ addresses }: DrillReport, wantsAll: boolean): readonly Line[] {
  if (addresses.length === 0) {
    return [];
  }
  const shown = wantsAll ? addresses : addresses.slice(0, rowsShown);
  const [head = '', ...rows] = tabled(drilledRows(shown));
  return [
    { text: head, inks: ['dim'] },
    ...shown.map(({ outcome }, index): Line => ({
      text: rows[index] ?? '',
      inks: outcome === 'lost' ? ['red'] : [],
    })),
    ...moreLine(addresses.length - shown.length, 'addresses'),
  ];
}

function nodeLines(report: DrillReport, wantsAll: boolean): readonly Line[] {
  if (report.nodes.length === 0) {
    return [];
  }
  const shown = wantsAll ? report.nodes : report.nodes.slice(0, rowsShown);
  const [head = '', ...rows] = tabled(nodeLossRows({ ...report, nodes: shown }));
  return [
    { text: head, inks: ['dim'] },
    ...shown.map(({ lost }, index): Line => ({
      text: rows[index] ?? '',
      inks: lost > 0 ? ['red'] : [],
    })),
    ...moreLine(report.nodes.length - shown.length, 'nodes'),
  ];
}

function moreLine(rest: number, what: string): readonly Line[] {
  return rest > 0 ? [{ text: `and ${rest} more ${what} (-v shows all)` }] : [];
}
