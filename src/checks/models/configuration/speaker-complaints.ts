import { isOfItsOwnRecord, type LogLine } from '../testimony/log-lines.ts';

/** What a speaker logs when it refuses its configuration: an error whose only name is the reconciler's. */
export function isSpeakerComplaint(line: LogLine): boolean {
  return (
    line.level === 'error' &&
    line.values.get('controller') === 'ConfigReconciler' &&
    line.values.has('error') &&
    !line.values.has('event') &&
    !line.values.has('message') &&
    !/the object has been modified|Operation cannot be fulfilled/.test(line.words) &&
    !isOfItsOwnRecord(line)
  );
}
