import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import type { HostPort } from './host-port.ts';
import { hostWithoutIp } from './host-without-ip.ts';
import { parseInterfaces, parseNeighbours, parseRoute } from './ip-json.ts';

/** This host, as the program `ip` tells of it; without the program, as far as Node knows. */
export function thisHost(): HostPort {
  const rest = hostWithoutIp();
  return {
    name: hostname(),
    interfaces: async (signal) => {
      const told = await ip(['-details', 'address', 'show'], signal);
      return told === undefined ? rest.interfaces(signal) : parseInterfaces(told);
    },
    route: async (address, signal) => {
      const told = await ip(['route', 'get', address], signal);
      return told === undefined ? rest.route(address, signal) : parseRoute(told);
    },
    neighbours: async (signal) => {
      const told = await ip(['neighbour', 'show'], signal);
      return told === undefined ? rest.neighbours(signal) : parseNeighbours(told);
    },
  };
}

/** What `ip -json` prints, empty where it refuses; undefined where there is no such program, or it knows no JSON. */
function ip(words: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`;
  const settings = {
    env: { ...process.env, PATH: path, LC_ALL: 'C' },
    signal,
    timeout: 5_000,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile('ip', ['-json', ...words], settings, (error, stdout) => {
      const isMissing = error !== null && (typeof error.code === 'string' || error.code === 255);
      resolve(isMissing ? undefined : stdout);
    });
  });
}
