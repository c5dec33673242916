import { type Evidence, evidence } from '../../core/facts/evidence.ts';
import type { KubeEvent } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import type { WireLook } from '../../core/facts/wire.ts';
import type { LogLine } from './testimony/log-lines.ts';

/** What one field of one object says. */
export function seenField(of: ObjectRef, path: string, value: string): Evidence {
  return evidence({ kind: 'field', of, path, value }, `${path} is ${value}`);
}

/** An event, as evidence. */
export function seenEvent(event: KubeEvent): Evidence {
  const { kind, namespace, name } = event.about;
  const of: ObjectRef = namespace === undefined ? { kind, name } : { kind, namespace, name };
  return evidence(
    {
      kind: 'event',
      of,
      reason: event.reason,
      message: event.message,
      at: event.lastAt,
      count: event.count,
    },
    `${event.reason}: ${event.message}`,
  );
}

/** One line of a log, as evidence. */
export function seenLine(line: LogLine): Evidence {
  const { pod, container, previous, at, text } = line;
  return evidence({ kind: 'log', pod, container, previous, at, line: text }, text);
}

/** What was seen on the wire from one place. */
export function seenOnWire({ address, at, method, from }: WireLook, saw: string): Evidence {
  return evidence({ kind: 'wire', address, from: from.host, method, at, saw }, saw);
}

/** Something worked out by a rule of MetalLB. */
export function workedOut(about: ObjectRef, rule: string, says: string): Evidence {
  return evidence({ kind: 'derived', rule, about }, says);
}
