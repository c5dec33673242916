/** What a reader of logs may ask for; as in the API of kubelets. */
export interface LogQuery {
  readonly tailLines: number | undefined;
  readonly since: number | undefined;
  readonly limitBytes: number | undefined;
  readonly timestamps: boolean;
  readonly follow: boolean;
  readonly previous: boolean;
}

export function parseLogQuery(parameters: URLSearchParams, now: number): LogQuery {
  const number = (name: string): number | undefined => {
    const text = parameters.get(name);
    return text === null ? undefined : Number(text);
  };
  const sinceTime = parameters.get('sinceTime');
  const seconds = number('sinceSeconds');
  const since = seconds === undefined ? undefined : now - seconds * 1_000;
  return {
    tailLines: number('tailLines'),
    since: sinceTime === null ? since : Date.parse(sinceTime),
    limitBytes: number('limitBytes'),
    timestamps: parameters.get('timestamps') === 'true',
    follow: parameters.get('follow') === 'true',
    previous: parameters.get('previous') === 'true',
  };
}

/** Chooses from lines that each begin with their time and a space. */
export function selectLines(lines: readonly string[], query: LogQuery): string {
  const { since, tailLines, limitBytes, timestamps } = query;
  const recent =
    since === undefined ? lines : lines.filter((line) => Date.parse(timeOf(line)) >= since);
  const last =
    tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - tailLines));
  const shown = last.map((line) => (timestamps ? line : line.slice(timeOf(line).length + 1)));
  const text = shown.map((line) => `${line}\n`).join('');
  return limitBytes === undefined ? text : Buffer.from(text).subarray(0, limitBytes).toString();
}

function timeOf(line: string): string {
  return line.slice(0, line.indexOf(' '));
}
