import type { LogFile } from './scenario-files.ts';

/** What a kubelet knows of one container. */
export interface StubContainer {
  readonly name: string;
  readonly state?: ContainerStates;
  readonly lastState?: ContainerStates;
}

interface ContainerStates {
  readonly waiting?: { readonly reason?: string };
  readonly running?: object;
  readonly terminated?: object;
}

export interface StubPod {
  readonly namespace: string;
  readonly name: string;
  readonly containers: readonly StubContainer[];
}

/** Everything the log stub answers from; written anew for each scenario. */
export interface LogWorld {
  readonly pods: readonly StubPod[];
  readonly logs: readonly LogFile[];
}

export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The query as the API server passes it on: tailLines, previous and so on. */
  readonly query: URLSearchParams;
}

export interface LogAnswer {
  readonly status: number;
  readonly text: string;
}

/** Answers for a container's log in a kubelet's own words, with its rules for what is not running. */
export function answerLog(world: LogWorld, request: LogRequest, now: Date): LogAnswer {
  const pod = world.pods.find(
    ({ namespace, name }) => namespace === request.namespace && name === request.pod,
  );
  if (pod === undefined) {
    return { status: 404, text: `pod "${request.namespace}/${request.pod}" not found\n` };
  }
  const container = pod.containers.find(({ name }) => name === request.container);
  const run = runAsked(container, request);
  if (typeof run === 'object') {
    return run;
  }
  const text = logOf(world, request, run);
  return text === undefined
    ? { status: 500, text: `no file of the scenario holds this log\n` }
    : { status: 200, text: selectLines(text, request.query, now) };
}

/** Which run's log is meant, or why there is none. */
function runAsked(
  container: StubContainer | undefined,
  { pod, container: name, query }: LogRequest,
): 'current' | 'previous' | LogAnswer {
  const { state = {}, lastState = {} } = container ?? {};
  const refusal = (why: string): LogAnswer => ({ status: 400, text: `${why}\n` });
  const about = `container "${name}" in pod "${pod}" is`;
  if (container === undefined) {
    return refusal(`${about} not available`);
  }
  if (query.get('previous') === 'true') {
    return lastState.terminated === undefined
      ? refusal(`previous terminated container "${name}" in pod "${pod}" not found`)
      : 'previous';
  }
  if (state.running !== undefined || state.terminated !== undefined) {
    return 'current';
  }
  // Between two runs of a crash loop the last one counts as the current one.
  if (lastState.terminated !== undefined) {
    return 'current';
  }
  return refusal(`${about} waiting to start${waitingFor(state.waiting?.reason)}`);
}

function waitingFor(reason: string | undefined): string {
  const words = new Map([
    [undefined, ' - no logs yet'],
    ['ErrImagePull', ": image can't be pulled"],
    ['ImagePullBackOff', ': trying and failing to pull image'],
  ]);
  return words.get(reason) ?? `: ${reason}`;
}

function logOf(
  world: LogWorld,
  request: LogRequest,
  run: 'current' | 'previous',
): string | undefined {
  const files = world.logs.filter(
    ({ namespace, pod, container }) =>
      namespace === request.namespace && pod === request.pod && container === request.container,
  );
  const wanted = files.find(({ previous }) => previous === (run === 'previous'));
  return (wanted ?? (run === 'current' ? files[0] : undefined))?.text;
}

function selectLines(text: string, query: URLSearchParams, now: Date): string {
  const since = startOf(query, now);
  const all = text
    .split('\n')
    .filter((line, index, lines) => line !== '' || index < lines.length - 1);
  const recent = since === undefined ? all : all.filter((line) => (timeOf(line) ?? since) >= since);
  const tail = query.get('tailLines');
  const lines = tail === null ? recent : recent.slice(Math.max(0, recent.length - Number(tail)));
  const stamped = query.get('timestamps') === 'true' ? lines.map(withTime) : lines;
  const answer = stamped.map((line) => `${line}\n`).join('');
  const limit = query.get('limitBytes');
  return limit === null ? answer : Buffer.from(answer).subarray(0, Number(limit)).toString('utf8');
}

function startOf(query: URLSearchParams, now: Date): number | undefined {
  const seconds = query.get('sinceSeconds');
  const time = query.get('sinceTime');
  if (seconds !== null) {
    return now.getTime() - Number(seconds) * 1_000;
  }
  return time === null ? undefined : Date.parse(time);
}

/** The time that a line states itself: MetalLB's `ts`, or a time at its beginning. */
function timeOf(line: string): number | undefined {
  const found = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/.exec(line);
  return found === null ? undefined : Date.parse(found[0]);
}

function withTime(line: string): string {
  const time = timeOf(line);
  return time === undefined ? line : `${new Date(time).toISOString()} ${line}`;
}
