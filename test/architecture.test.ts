import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which rooms a room may import from, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core/facts': [],
  'src/core/metallb': ['src/core/facts'],
  'src/core/diagnosis': ['src/core/facts', 'src/core/metallb'],
  'src/core/report': ['src/core/facts'],
  'src/core/share': ['src/core/facts', 'src/core/metallb'],
  'src/core/cluster': ['src/core/facts'],
  'src/core/gitops': ['src/core/facts', 'src/core/metallb', 'src/core/cluster'],
  'src/checks': ['src/core/facts', 'src/core/metallb', 'src/core/diagnosis'],
  'src/arp': ['src/core/facts'],
  'src/core/shell': [
    'src/core/facts',
    'src/core/metallb',
    'src/core/diagnosis',
    'src/core/report',
    'src/core/share',
    'src/core/cluster',
    'src/core/gitops',
    'src/checks',
    'src/arp',
  ],
  'src/commands': [
    'src/core/facts',
    'src/core/shell',
    'src/core/report',
    'src/core/diagnosis',
    'src/checks',
  ],
};

/** Packages and the one room (or file) that may import each. */
const packageHome: Readonly<Record<string, readonly string[]>> = {
  'ipaddr.js': ['src/core/facts/ip.ts'],
  '@kubernetes/client-node': ['src/core/cluster'],
  'js-yaml': ['src/core/cluster'],
  'simple-git': ['src/core/gitops'],
  yaml: ['src/core/gitops'],
  inquirer: ['src/core/shell'],
  ora: ['src/core/shell'],
  koffi: ['src/arp/link.ts'],
  '@oclif/core': ['src/core/shell', 'src/commands'],
};

/** Rooms without any effect: no Node API but the hash of the election. */
const pureRooms = ['facts', 'metallb', 'diagnosis', 'report', 'share'].map(
  (room) => `src/core/${room}`,
);
const nodeAllowed: Readonly<Record<string, readonly string[]>> = {
  'src/core/metallb': ['node:crypto'],
};

interface Import {
  readonly from: string;
  readonly target: string;
}

const root = normalize(join(import.meta.dirname, '..'));
const sources = globSync('src/**/*.ts', { cwd: root });
const imports: readonly Import[] = sources.flatMap((from) =>
  [
    ...readFileSync(join(root, from), 'utf8').matchAll(
      /(?:from\s+|import\(\s*)'([^']+)'|^import '([^']+)'/gm,
    ),
  ].map((match) => ({ from, target: match[1] ?? match[2] ?? '' })),
);

function roomOf(file: string): string {
  return Object.keys(mayImport).find((room) => file.startsWith(`${room}/`)) ?? dirname(file);
}

function fileOf({ from, target }: Import): string {
  return relative(root, join(root, dirname(from), target));
}

function lineCount(file: string): number {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1;
}

describe('the house', () => {
  test('there are sources, and every one lies in a known room', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((file) => mayImport[roomOf(file)] === undefined)).toEqual([]);
  });

  test('a room imports only the rooms below it', () => {
    const strays = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter((one) => {
        const [own, other] = [roomOf(one.from), roomOf(fileOf(one))];
        return own !== other && !mayImport[own]?.includes(other);
      });
    expect(strays).toEqual([]);
  });

  test('a package is imported only in its home', () => {
    const strays = imports.filter(({ from, target }) => {
      const name = target
        .split('/')
        .slice(0, target.startsWith('@') ? 2 : 1)
        .join('/');
      const outside = !target.startsWith('.') && !target.startsWith('node:');
      return outside && !(packageHome[name] ?? []).some((home) => from.startsWith(home));
    });
    expect(strays).toEqual([]);
  });

  test('pure rooms use no Node API', () => {
    const strays = imports
      .filter(({ from }) => [...pureRooms, 'src/checks'].includes(roomOf(from)))
      .filter(({ target }) => target.startsWith('node:'))
      .filter(({ from, target }) => !nodeAllowed[roomOf(from)]?.includes(target));
    expect(strays).toEqual([]);
  });

  test('pure rooms know no clock but the one they are handed', () => {
    const strays = sources
      .filter((file) => [...pureRooms, 'src/checks'].includes(roomOf(file)))
      .filter((file) =>
        /new Date\(\)|Date\.now|Math\.random/.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(strays).toEqual([]);
  });

  test('no file is longer than 250 lines, no command longer than 60', () => {
    const long = sources.filter(
      (file) => lineCount(file) > (file.startsWith('src/commands/') ? 60 : 250),
    );
    expect(long).toEqual([]);
  });

  test('no drawer for odds and ends', () => {
    expect(sources.filter((file) => /(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))).toEqual(
      [],
    );
  });
});
