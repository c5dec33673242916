import type { AlertsReport } from '../../facts/alerts.ts';
import { isErrorReport } from '../../facts/reports.ts';
import { alertCountText, alertText, isCommand } from './alerts-text.ts';
import { calledAs } from '../layout.ts';
import { codeSpan, markdownOf, proseText } from '../markdown.ts';
import { poolsMarkdown } from '../answers/pools-markdown.ts';
import type { Canvas } from '../style.ts';

/** What came of each alert, for a ticket. */
export function alertsMarkdown(report: AlertsReport, canvas: Pick<Canvas, 'program'>): string {
  const answers = report.answers.flatMap(
    ({ alerts, about, command, says, report: answer, pools }) => [
      `## ${proseText([...new Set(alerts.map(({ name }) => name))].join(', '))}`,
      [...alerts.map((alert) => alertText(alert, undefined)), about]
        .map((line) => `- ${proseText(line)}`)
        .join('\n'),
      `Asked: ${codeSpan(calledAs(canvas.program, command))}`,
      ...says.map(
        (line) =>
          `> ${isCommand(line) ? codeSpan(calledAs(canvas.program, line)) : proseText(line)}`,
      ),
      isErrorReport(answer)
        ? `**Not read:** ${proseText(answer.error.message)}`
        : markdownOf(answer, canvas).trimEnd(),
      ...pools.map((each) => poolsMarkdown(each, true).trimEnd()),
    ],
  );
  const rest = [
    ['Not known', report.unknown],
    ['Not firing', report.quiet],
  ] as const;
  const blocks = [
    ...answers,
    ...rest.flatMap(([title, alerts]) =>
      alerts.length === 0
        ? []
        : [
            `**${title}**\n\n${alerts.map((alert) => `- ${proseText(alertText(alert, undefined))}`).join('\n')}`,
          ],
    ),
    ...report.notices.map((notice) => `> note: ${proseText(notice)}`),
    `_${alertCountText(report)}_`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
