import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { OutsideError } from '../../core/facts/errors.ts';
import type { HostPort } from './host-port.ts';
import { hostWithoutIp } from './host-without-ip.ts';
import { parseInterfaces, parseNeighbours, parseRoute } from './ip-json.ts';

/** Where the program `ip` is looked for, and how long it is waited for. */
interface Ways {
  readonly path: string;
  readonly timeoutMs: number;
}

const usualWays: Ways = {
  path: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
  timeoutMs: 5_000,
};

/**
 * This host, as the program `ip` tells of it; without the program, as far as Node knows. Rejects with an OutsideError
 * where the program does not answer: it must not be taken for a host without networks.
 */
export function thisHost(ways: Ways = usualWays): HostPort {
  const rest = hostWithoutIp();
  const ip = (words: readonly string[], signal: AbortSignal) => printedBy(ways, words, signal);
  return {
    name: hostname(),
    interfaces: async (signal) => {
      const told = answered(await ip(['-details', 'address', 'show'], signal), ways);
      return told === undefined ? rest.interfaces(signal) : parseInterfaces(told);
    },
    route: async (address, signal) => {
      const told = answered(await ip(['route', 'get', address], signal), ways);
      return told === undefined ? rest.route(address, signal) : parseRoute(told);
    },
    neighbours: async (signal) => {
      const told = await ip(['neighbour', 'show'], signal);
      return typeof told === 'string' ? parseNeighbours(told) : rest.neighbours(signal);
    },
  };
}

const tooSlow = Symbol('too slow');

type Printed = string | undefined | typeof tooSlow;

function answered(printed: Printed, { timeoutMs }: Ways): string | undefined {
  if (printed === tooSlow) {
    throw new OutsideError(
      `the networks of this host could not be told: \`ip\` did not answer within ${timeoutMs / 1_000} s`,
    );
  }
  return printed;
}

/** What `ip -json` prints, empty where it refuses; undefined where there is no such program, or it knows no JSON. */
function printedBy(
  { path, timeoutMs: timeout }: Ways,
  words: readonly string[],
  signal: AbortSignal,
): Promise<Printed> {
  const env = { ...process.env, PATH: path, LC_ALL: 'C' };
  const settings = { env, signal, timeout, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile('ip', ['-json', ...words], settings, (error, stdout) => {
      if (error?.killed === true && error.signal === 'SIGTERM') {
        resolve(tooSlow);
        return;
      }
      const isMissing = error !== null && (typeof error.code === 'string' || error.code === 255);
      resolve(isMissing ? undefined : stdout);
    });
  });
}
