/** What the proxy does to a request that a rule picks. */
export type Fault =
  /** An answer of the API machinery's own kind: a Status document. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly reason?: string;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
    }
  /** An answer as a load balancer in front of the API server would give it. */
  | { readonly kind: 'plain'; readonly code: number; readonly text: string }
  /** The connection is reset and nothing was said. */
  | { readonly kind: 'reset' }
  /** The true answer begins, half of its body arrives, then the connection is reset. */
  | { readonly kind: 'reset-in-body' }
  /** The first half of the true body, ended as if that were all. */
  | { readonly kind: 'half' }
  /** The true answer, later. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Which requests a fault is for. What is not stated does not matter. */
export interface FaultRule {
  readonly method?: string;
  /** Tried on path and query as they were sent. */
  readonly path?: RegExp;
  readonly watch?: boolean;
  /** How many matching requests are let through first; none unless stated. */
  readonly skip?: number;
  /** How many are then spoilt; all unless stated. */
  readonly times?: number;
  readonly fault: Fault;
}

/** The part of a request that rules look at. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
}

/** Gives the fault for the next request, or undefined; remembers what each rule has seen. */
export type FaultPicker = (request: RequestLine) => Fault | undefined;

/** The first rule that matches and is due wins; every matching rule counts the request. */
export function faultPicker(rules: readonly FaultRule[]): FaultPicker {
  const seen = rules.map(() => 0);
  return (request) => {
    let chosen: Fault | undefined;
    for (const [index, rule] of rules.entries()) {
      if (!matches(rule, request)) {
        continue;
      }
      const before = seen[index] ?? 0;
      seen[index] = before + 1;
      chosen ??= isDue(rule, before) ? rule.fault : undefined;
    }
    return chosen;
  };
}

/** A list that stays open: `?watch=true`, `?watch=1`. */
export function isWatch(path: string): boolean {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  return ['true', '1'].includes(query.get('watch') ?? '');
}

function matches(rule: FaultRule, request: RequestLine): boolean {
  return (
    (rule.method === undefined || rule.method === request.method) &&
    (rule.path === undefined || request.path.search(rule.path) >= 0) &&
    (rule.watch === undefined || rule.watch === isWatch(request.path))
  );
}

function isDue(rule: FaultRule, before: number): boolean {
  const skip = rule.skip ?? 0;
  return before >= skip && before < skip + (rule.times ?? Number.POSITIVE_INFINITY);
}
