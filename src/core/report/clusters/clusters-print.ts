import type { Reports } from '../../facts/reports.ts';
import { isErrorReport } from '../../facts/reports.ts';
import { clustersMarkdown } from './clusters-markdown.ts';
import { clustersText, type ManyTelling } from './clusters-text.ts';
import { visible } from '../escape.ts';
import { jsonOf } from '../json.ts';
import type { PrintForm } from '../print-form.ts';
import { yamlOf } from '../yaml.ts';

/** The answers of several clusters in the form that was asked for, whole, as they go to stdout. */
export function printedForAll(reports: Reports, form: PrintForm, telling: ManyTelling): string {
  switch (form) {
    case 'text':
    case 'wide':
      return clustersText(reports, telling);
    case 'json':
      return jsonOf(reports);
    case 'yaml':
      return yamlOf(reports);
    case 'markdown':
      return clustersMarkdown(reports, telling.canvas);
    case 'name':
      return namesOf(reports);
  }
}

/** Cluster and cause id, parted by a tab; one per line, nothing at all when nothing is wrong. */
function namesOf({ clusters }: Reports): string {
  return clusters
    .flatMap(({ cluster, report }) => {
      const causes = isErrorReport(report) ? [] : report.diagnosis.rootCauses;
      return [...new Set(causes.map(({ cause }) => cause))].map(
        (cause) => `${visible(cluster)}\t${cause}\n`,
      );
    })
    .join('');
}
