import type { RawObject } from '../../core/metallb/vector-objects.ts';

/** One write a person makes; a tweak changes what is stored and is nothing when there is nothing. */
export type Write =
  | { readonly kind: 'put'; readonly object: RawObject }
  | { readonly kind: 'delete'; readonly object: ObjectName }
  | { readonly kind: 'tweak'; readonly object: ObjectName; readonly change: Tweak };

export interface ObjectName {
  readonly kind: 'Namespace' | 'IPAddressPool' | 'Service';
  readonly namespace?: string;
  readonly name: string;
}

/** Fields to set; undefined unsets. */
export interface Tweak {
  readonly annotations?: Readonly<Record<string, string | undefined>>;
  readonly labels?: Readonly<Record<string, string | undefined>>;
  readonly spec?: Record<string, unknown>;
}

/** What happens between two looks at the cluster. */
export type Operation =
  | { readonly op: 'change'; readonly writes: readonly Write[] }
  | { readonly op: 'restart' };

/** A whole course: what is there when the controller starts, and what happens then. */
export interface Course {
  readonly start: readonly RawObject[];
  readonly operations: readonly Operation[];
}

/** The object with the change made to it. */
export function tweaked(object: RawObject, { annotations, labels, spec }: Tweak): RawObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: merged(object.metadata.annotations, annotations),
      labels: merged(object.metadata.labels, labels),
    },
    spec: merged(object.spec, spec),
  };
}

function merged<Value>(
  stored: Readonly<Record<string, Value>> | undefined,
  change: Readonly<Record<string, Value | undefined>> | undefined,
): Record<string, Value> {
  const entries = Object.entries({ ...stored, ...change });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
