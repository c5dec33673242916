import type { AnnouncedHere, AnnouncersReport } from '../../facts/announcers-report.ts';
import { unknownSection } from '../cause-text.ts';
import { commandLine, laidOut, section, tabled, type Line, type Section } from '../layout.ts';
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
      section('nodes', report.reasoning === undefined ? nodeLines(report, wantsAll) : []),
      noteSection(report.notes),
      unknownSection(report.unknowns),
    ],
    [{ label: 'next', lines: report.next.map((text) => commandLine(text)) }],
    [costSection(report)],
  ];
  return laidOut(blocks, canvas);
}

function headlineInks({ addresses, exitCode }: AnnouncersReport): readonly Ink[] {
  return exitCode === 1 && addresses.some(inkOf) ? ['bold', 'red'] : ['bold'];
}

const rowsShown = 60;

function addressLines({ addresses }: AnnouncersReport, wantsAll: boolean): readonly Line[] {
  if (addresses.length === 0) {
    return [];
  }
  const shown = wantsAll ? addresses : addresses.slice(0, rowsShown);
  const [head = '', ...rows] = tabled(addressRows(shown));
  const rest = addresses.length - shown.length;
  return [
    { text: head, inks: ['dim'], kind: 'row' },
    ...shown.map((each, index): Line => {
      const ink = inkOf(each);
      return { text: rows[index] ?? '', kind: 'row', inks: ink === undefined ? [] : [ink] };
    }),
    ...restTexts(rest, 'addresses that are announced').map((text) => ({ text })),
  ];
}

function inkOf({ verdict, disagreements }: AnnouncedHere): Ink | undefined {
  if (verdict === 'nobody') {
    return 'red';
  }
  return verdict === 'uncertain' || disagreements.length > 0 ? 'yellow' : undefined;
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

function nodeLines(report: AnnouncersReport, wantsAll: boolean): readonly string[] {
  const { rows, idle } = nodeRows(report);
  const shown = wantsAll ? rows : rows.slice(0, nodesShown);
  const rest = rows.length - shown.length;
  return [
    ...tabled(shown),
    ...restTexts(rest, 'nodes'),
    ...(idle > 0 ? [idleText(idle, rows.length > 0)] : []),
  ];
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
