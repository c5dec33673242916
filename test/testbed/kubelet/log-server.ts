import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubelet } from './configuration.ts';
import { logFolder } from './log-files.ts';
import type { LogPlace } from './log-files.ts';
import { parseLogQuery, selectLines } from './log-query.ts';
import type { LogQuery } from './log-query.ts';
import { runningMark } from './marks.ts';

/** Serves the containers' logs where the API server looks for them. */
export function serveLogs(kubelet: Kubelet): void {
  const { certificate, key } = kubelet.configuration.serving;
  const server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (request, response) => {
      void answer(kubelet, request, response).catch((error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    },
  );
  server.listen(10_250, '0.0.0.0');
}

async function answer(
  kubelet: Kubelet,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const [, verb, namespace, pod, container] = url.pathname.split('/');
  if (verb !== 'containerLogs' || !namespace || !pod || !container) {
    response.statusCode = 404;
    response.end('404 page not found\n');
    return;
  }
  const place = { namespace, pod, container };
  const query = parseLogQuery(url.searchParams, Date.now());
  const file = fileOf(kubelet, place, query);
  if (file === undefined) {
    response.statusCode = 400;
    response.end(query.previous ? noPrevious(place) : await notStarted(kubelet, place));
    return;
  }
  response.setHeader('content-type', 'text/plain');
  const lines = linesOf(file);
  response.write(selectLines(lines, query));
  if (query.follow && !query.previous) {
    await follow(kubelet, { place, file, query, shown: lines.length, response });
  }
  response.end();
}

/** The file of the newest run, or of the run before it. */
function fileOf(kubelet: Kubelet, place: LogPlace, query: LogQuery): string | undefined {
  const folder = logFolder(kubelet, place);
  const runs = (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => Number.parseInt(name, 10))
    .sort((left, right) => right - left);
  const newest = runs[0];
  // A container that is waiting to be started again has only runs of before.
  const wanted = query.previous && isRunning(kubelet, place) ? runs[1] : newest;
  return wanted === undefined ? undefined : join(folder, `${wanted}.log`);
}

function isRunning(kubelet: Kubelet, place: LogPlace): boolean {
  return existsSync(runningMark(kubelet.configuration.folder, place));
}

function noPrevious({ pod, container }: LogPlace): string {
  return `previous terminated container "${container}" in pod "${pod}" not found`;
}

async function notStarted(kubelet: Kubelet, place: LogPlace): Promise<string> {
  const { namespace, pod, container } = place;
  const found = await kubelet.api.get(`/api/v1/namespaces/${namespace}/pods/${pod}`);
  const status = found?.['status'] as { containerStatuses?: ContainerWaiting[] } | undefined;
  const own = status?.containerStatuses?.find(({ name }) => name === container);
  const reason = own?.state?.waiting?.reason ?? 'ContainerCreating';
  const words = WAITING_WORDS[reason] ?? reason;
  return `container "${container}" in pod "${pod}" is waiting to start: ${words}`;
}

interface ContainerWaiting {
  readonly name: string;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
}

const WAITING_WORDS: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

async function follow(
  kubelet: Kubelet,
  parts: {
    place: LogPlace;
    file: string;
    query: LogQuery;
    shown: number;
    response: ServerResponse;
  },
): Promise<void> {
  const { place, file, query, response } = parts;
  const everything = { ...query, tailLines: undefined, since: undefined };
  let { shown } = parts;
  while (!response.closed) {
    const over = !isRunning(kubelet, place);
    const lines = linesOf(file);
    response.write(selectLines(lines.slice(shown), everything));
    shown = lines.length;
    if (over) {
      return;
    }
    await sleep(250);
  }
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}
