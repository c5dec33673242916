import type { OpaqueObject } from '../../facts/kube-objects.ts';
import { asRaw, cut, inner, isRaw, type Raw } from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** Nothing that MetalLB's own kinds hold is nested deeper. */
const deepest = 12;

/** A BGPPeer as the API prints it, or as a snapshot holds it, without its password. */
export function parseBGPPeer(value: unknown): OpaqueObject {
  return parseOpaqueObject('BGPPeer', asRaw(value));
}

/** A BFDProfile as the API prints it, or as a snapshot holds it. */
export function parseBFDProfile(value: unknown): OpaqueObject {
  return parseOpaqueObject('BFDProfile', asRaw(value));
}

function parseOpaqueObject(kind: string, object: Raw): OpaqueObject {
  return {
    kind,
    metadata: parseMetadata(object),
    spec: withoutPasswords(inner(object, 'spec'), 0),
    status: withoutPasswords(inner(object, 'status'), 0),
  };
}

function withoutPasswords(raw: Raw, depth: number): Raw {
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([key]) => key.toLowerCase() !== 'password')
      .map(([key, value]) => [key, plain(value, depth + 1)]),
  );
}

function plain(value: unknown, depth: number): unknown {
  if (depth > deepest || value === undefined) {
    return null;
  }
  if (typeof value === 'string') {
    return cut(value);
  }
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map((entry) => plain(entry, depth + 1));
  }
  return isRaw(value) ? withoutPasswords(value, depth) : value;
}
