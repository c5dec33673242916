import type { DrillReport } from '../../facts/drill-report.ts';
import { unknownSection } from '../cause-text.ts';
import { laidOut, section, tableLines, type Line, type Section } from '../layout.ts';
import type { Canvas } from '../style.ts';
import { costSection, headSection, noteSection, restTexts } from '../answer-frame.ts';
import { drilledRows, nodeLossRows, whyLines } from './drill-lines.ts';

/** What a loss would come to, for a person at a terminal; every row when all are wanted. */
export function drillText(report: DrillReport, canvas: Canvas, wantsAll: boolean): string {
  const blocks: readonly (readonly Section[])[] = [
    [headSection(report.headline, report.exitCode === 1 ? ['bold', 'red'] : ['bold'], report)],
    [{ label: '', lines: nodeLines(report, wantsAll) }],
    [{ label: '', lines: addressLines(report, wantsAll) }],
    [
      section('why', whyLines(report.addresses)),
      section('time', report.timing),
      noteSection(report.notes),
      unknownSection(report.unknowns),
    ],
    [costSection(report)],
  ];
  return laidOut(blocks, canvas);
}

const rowsShown = 60;

function addressLines({ addresses }: DrillReport, wantsAll: boolean): readonly Line[] {
  if (addresses.length === 0) {
    return [];
  }
  const shown = wantsAll ? addresses : addresses.slice(0, rowsShown);
  const [head, ...rows] = drilledRows(shown);
  return [
    ...tableLines({ head, rows }, (row) => (shown[row]?.outcome === 'lost' ? ['red'] : [])),
    ...restTexts(addresses.length - shown.length, 'addresses').map((text) => ({ text })),
  ];
}

function nodeLines(report: DrillReport, wantsAll: boolean): readonly Line[] {
  if (report.nodes.length === 0) {
    return [];
  }
  const shown = wantsAll ? report.nodes : report.nodes.slice(0, rowsShown);
  const [head, ...rows] = nodeLossRows({ ...report, nodes: shown });
  return [
    ...tableLines({ head, rows }, (row) => ((shown[row]?.lost ?? 0) > 0 ? ['red'] : [])),
    ...restTexts(report.nodes.length - shown.length, 'nodes').map((text) => ({ text })),
  ];
}
