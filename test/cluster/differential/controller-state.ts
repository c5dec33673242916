import { textOf } from './controller-log.ts';
import type { LogLine } from './controller-log.ts';

/** A reconciler and what it works on: `ServiceReconciler shop/web`. */
export type Work = string;

/** What is under way in the controller, as far as its log tells. */
export class ControllerState {
  /** Begun and not ended. */
  readonly open = new Set<Work>();
  /** Ended with an error, and not begun again: a timer runs that brings it back. */
  readonly retrying = new Set<Work>();
  /** Told to look at all Services again, and not begun. */
  reloadIsDue = false;
  /** How often each work was begun. */
  readonly begun = new Map<Work, number>();
  readonly ended = new Map<Work, number>();

  take(line: LogLine): void {
    const reconciler = reconcilerOf(line);
    const start = textOf(line, 'start reconcile');
    const end = textOf(line, 'end reconcile');
    if (start !== '') {
      this.#begin(`${reconciler} ${start}`);
    } else if (end !== '') {
      this.open.delete(`${reconciler} ${end}`);
      count(this.ended, `${reconciler} ${end}`);
    } else if (line['msg'] === 'Reconciler error') {
      this.retrying.add(`${reconciler} ${textOf(line, 'namespace')}/${textOf(line, 'name')}`);
    } else if (line['event'] === 'force service reload' && !isReprocessing(line)) {
      this.reloadIsDue = true;
    }
  }

  get isIdle(): boolean {
    return this.open.size === 0 && this.retrying.size === 0 && !this.reloadIsDue;
  }

  #begin(work: Work): void {
    this.open.add(work);
    this.retrying.delete(work);
    if (work === everything) {
      this.reloadIsDue = false;
    }
    count(this.begun, work);
  }
}

const everything: Work = 'ServiceReconciler metallbreload/reload';

/** The names the runtime uses for what MetalLB's own lines call otherwise. */
const runtimeNames = new Map([
  ['service', 'ServiceReconciler'],
  ['ServiceReconciler - reprocessAll', 'ServiceReconciler'],
  ['ipaddresspool', 'PoolReconciler'],
  ['PoolStatusController', 'PoolStatusReconciler'],
  ['ConfigurationStateController', 'ConfigurationStateReconciler'],
]);

function reconcilerOf(line: LogLine): string {
  const name = textOf(line, 'controller');
  return runtimeNames.get(name) ?? name;
}

function isReprocessing(line: LogLine): boolean {
  return textOf(line, 'controller').includes('reprocessAll');
}

function count(counts: Map<Work, number>, work: Work): void {
  counts.set(work, (counts.get(work) ?? 0) + 1);
}
