import type { Subject } from '../../core/diagnosis/check.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { refOf } from './references.ts';

/** Whom a cluster-wide trouble affects: the Service in question, or everybody (an empty list). */
export function everyoneOr(subject: Subject): readonly ObjectRef[] {
  return subject === undefined ? [] : [refOf(subject)];
}
