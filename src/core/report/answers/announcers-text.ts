import type { AnnouncedHere, AnnouncersReport } from '../../facts/announcers-report.ts';
import { unknownSection } from '../cause-text.ts';
import { commandLine, laidOut, section, tableLines, type Line, type Section } from '../layout.ts';
import type { Canvas, Ink } from '../style.ts';
import {
  addressRows,
  bgpLines,
  layer2Lines,
  nodeRows,
  reasonLines,
  remarksOn,
  saidLines,
} from './announcers-lines.ts';
import { costSection, headSection, noteSection, restTexts } from '../answer-frame.ts';

/** Who announces what, for a person at a terminal; every row when all are wanted. */
export function announcersText(
  report: AnnouncersReport,
  canvas: Canvas,
  wantsAll: boolean,
): string {
  const blocks: readonly (readonly Section[])[] = [
    [headSection(report.headline, headlineInks(report), report)],
    [{ label: '', lines: addressLines(report, wantsAll) }],
    reasoningSections(report),
    [
      section('why', whyLines(report)),
      { label: 'nodes', lines: report.reasoning === undefined ? nodeLines(report, wantsAll) : [] },
      noteSection(report.notes),
      unknownSection(report.unknowns),
    ],
    [{ label: 'next', lines: report.next.map((text) => commandLine(text)) }],
    [costSection(report)],
  ];
  return laidOut(blocks, canvas);
}

function headlineInks({ addresses, exitCode }: AnnouncersReport): readonly Ink[] {
  return exitCode === 1 && addresses.some((each) => inkOf(each).length > 0)
    ? ['bold', 'red']
    : ['bold'];
}

const rowsShown = 60;

function addressLines({ addresses }: AnnouncersReport, wantsAll: boolean): readonly Line[] {
  if (addresses.length === 0) {
    return [];
  }
  const shown = wantsAll ? addresses : addresses.slice(0, rowsShown);
  const [head, ...rows] = addressRows(shown);
  const inks = shown.map(inkOf);
  const rest = addresses.length - shown.length;
  return [
    ...tableLines({ head, rows }, (row) => inks[row] ?? []),
    ...restTexts(rest, 'addresses that are announced').map((text) => ({ text })),
  ];
}

function inkOf({ verdict, disagreements }: AnnouncedHere): readonly Ink[] {
  if (verdict === 'nobody') {
    return ['red'];
  }
  return verdict === 'uncertain' || disagreements.length > 0 ? ['yellow'] : [];
}

function reasoningSections({ reasoning }: AnnouncersReport): readonly Section[] {
  return reasoning === undefined
    ? []
    : [
        section('layer 2', layer2Lines(reasoning)),
        section('BGP', bgpLines(reasoning)),
        section('said', saidLines(reasoning)),
      ];
}

const nodesShown = 30;

function nodeLines(report: AnnouncersReport, wantsAll: boolean): readonly Line[] {
  const { rows, idle } = nodeRows(report);
  const shown = wantsAll ? rows : rows.slice(0, nodesShown);
  const rest = rows.length - shown.length;
  const ends = [
    ...restTexts(rest, 'nodes'),
    ...(idle > 0 ? [idleText(idle, rows.length > 0)] : []),
  ];
  return [...tableLines({ rows: shown }), ...ends.map((text) => ({ text }))];
}

function idleText(idle: number, isMore: boolean): string {
  return `${idle}${isMore ? ' more' : ''} ${idle === 1 ? 'node announces' : 'nodes announce'} nothing`;
}

/** Of one Service the headline says it already. */
function whyLines({ addresses, reasoning }: AnnouncersReport): readonly string[] {
  return reasonLines(
    addresses.flatMap((each) => {
      const remarks = reasoning === undefined ? remarksOn(each) : each.disagreements;
      return remarks.map((says) => ({ service: each.service, says }));
    }),
  );
}
