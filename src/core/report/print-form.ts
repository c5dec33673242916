import type { Report } from '../facts/report.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';
import type { Canvas } from './style.ts';
import { textOf } from './text.ts';
import { yamlOf } from './yaml.ts';

export type PrintForm = 'text' | 'wide' | 'json' | 'yaml' | 'markdown' | 'name';

/** A report in the form that was asked for, whole, as it goes to stdout. */
export function printed(report: Report, form: PrintForm, canvas: Canvas): string {
  switch (form) {
    case 'text':
    case 'wide':
      return textOf(report, canvas);
    case 'json':
      return jsonOf(report);
    case 'yaml':
      return yamlOf(report);
    case 'markdown':
      return markdownOf(report, canvas);
    case 'name':
      return namesOf(report);
  }
}

/** Cause ids, one per line, most likely first: nothing at all when nothing is wrong. */
function namesOf({ diagnosis }: Report): string {
  return [...new Set(diagnosis.rootCauses.map(({ cause }) => cause))]
    .map((cause) => `${cause}\n`)
    .join('');
}
