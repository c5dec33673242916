import type { VectorCase } from '../../test/core/metallb/vector-cases.ts';

/** One line of a file of recorded answers. */
export interface VectorLine {
  readonly file: string;
  /** From one. */
  readonly number: number;
  readonly text: string;
}

/** A file or a line that cannot be judged. */
export class VectorFileError extends Error {}

/** What a line holds, told by its content. */
export type Recorded =
  | { readonly kind: 'allocation'; readonly recorded: VectorCase }
  | { readonly kind: 'election'; readonly recorded: Readonly<Record<string, unknown>> };

type Fields = Readonly<Record<string, unknown>>;

/** Reads a line; throws a `VectorFileError` that names file, line and reason. */
export function readLine(line: VectorLine): Recorded {
  const fail = (why: string): never => {
    throw new VectorFileError(`${line.file}, line ${line.number}: ${why}`);
  };
  const value = parsed(line.text, fail);
  if (!isFields(value)) {
    return fail('is no JSON object');
  }
  if (typeof value['id'] !== 'string' || typeof value['version'] !== 'string') {
    return fail('has no id or no version');
  }
  if ('result' in value || 'results' in value) {
    return { kind: 'election', recorded: value };
  }
  const why = faultOf(value);
  return why === undefined
    ? { kind: 'allocation', recorded: value as unknown as VectorCase }
    : fail(why);
}

function parsed(text: string, fail: (why: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail(`is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

const operations = new Set(['start', 'apply', 'delete', 'restart']);
const kinds = new Set(['Namespace', 'IPAddressPool', 'Community', 'Service']);

/** Why this is no case of an allocation. */
function faultOf({ controller, steps, outcomes }: Fields): string | undefined {
  if (!isFields(controller) || typeof controller['namespace'] !== 'string') {
    return 'is neither an allocation (no controller.namespace) nor an election (no result)';
  }
  if (!Array.isArray(steps) || !Array.isArray(outcomes)) {
    return 'has no list of steps or none of outcomes';
  }
  if (steps.length === 0 || outcomes.length === 0) {
    return 'has no step or no outcome';
  }
  if (!outcomes.every((outcome) => isFields(outcome) && listed(outcome['steps']).every(isFields))) {
    return 'has an outcome without a list of steps';
  }
  if (outcomes.some((outcome) => isFields(outcome) && listed(outcome['steps']).length === 0)) {
    return 'has an outcome without any step';
  }
  return steps.map(faultOfStep).find((fault) => fault !== undefined);
}

function faultOfStep(step: unknown, index: number): string | undefined {
  if (!isFields(step) || typeof step['op'] !== 'string' || !operations.has(step['op'])) {
    return `step ${index} is none of ${[...operations].join(', ')}`;
  }
  const objects = listed(step['objects'] ?? []);
  const strange = objects.find((object) => !isObject(object));
  return strange === undefined
    ? undefined
    : `step ${index} holds something else than ${[...kinds].join(', ')}: ${JSON.stringify(strange).slice(0, 80)}`;
}

function isObject(value: unknown): boolean {
  return (
    isFields(value) &&
    typeof value['kind'] === 'string' &&
    kinds.has(value['kind']) &&
    isFields(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [undefined];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
