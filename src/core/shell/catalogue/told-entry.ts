import { bugPage, bugText } from '../../report/catalogue/bug-page.ts';
import { causePage, causeText, checkPage, checkText } from '../../report/catalogue/explanation.ts';
import type { Canvas } from '../../report/style.ts';
import type { Entry } from './catalogue.ts';

/** An entry of the catalogue as its page. */
export function pageOf(entry: Entry): string {
  switch (entry.kind) {
    case 'bug':
      return bugPage(entry.bug);
    case 'check':
      return checkPage(entry.check);
    case 'cause':
      return causePage(entry.cause, entry);
  }
}

/** An entry of the catalogue for the terminal. */
export function textOf(entry: Entry, canvas: Canvas): string {
  switch (entry.kind) {
    case 'bug':
      return bugText(entry.bug, canvas);
    case 'check':
      return checkText(entry.check, canvas);
    case 'cause':
      return causeText(entry.cause, entry, canvas);
  }
}

/** An entry of the catalogue as data. */
export function dataOf(entry: Entry): object {
  switch (entry.kind) {
    case 'bug':
      return { kind: 'bug', ...entry.bug };
    case 'cause':
      return {
        kind: 'cause',
        ...entry.cause,
        checks: entry.checks.map(({ id }) => id),
        bugs: entry.bugs.map(({ bug }) => bug),
      };
    case 'check': {
      const { id, asks, symptoms, causes, needs, helps } = entry.check;
      return { kind: 'check', id, asks, symptoms, causes, needs, helps };
    }
  }
}
