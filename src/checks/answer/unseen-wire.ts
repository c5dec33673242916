import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { missingFact } from '../../core/diagnosis/missing.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { keyOfService } from '../models/services.ts';

/** A look that was asked for and could not be taken, and how it may be. */
export function unseenWire(reason: string, service: Service): MissingFact {
  const key = shellWord(keyOfService(service));
  return {
    ...missingFact('wire', { state: 'failed', reason }, undefined),
    collect: `triage no-traffic ${key} --probe   # on a host of the segment`,
  };
}
