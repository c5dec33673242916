import { expect, test } from 'vitest';
import { isLogFile, logsIn } from '../../../../src/core/cluster/recorded/dump-logs.ts';
import type { KnownPrograms } from '../../../../src/core/cluster/recorded/log-names.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import { aPod } from '../../../builders/programs.ts';

const programs: KnownPrograms = {
  pods: [aPod('controller'), aPod('speaker', { name: 'speaker-n1' })],
  namespace: 'metallb-system',
  workloads: new Map([
    ['controller', 'controller'],
    ['speaker', 'speaker'],
  ]),
};
const line = '{"level":"info","msg":"ok","ts":"2026-03-14T03:00:00Z"}';

function read(relativePath: string, content = line) {
  return logsIn({ relativePath, content }, programs).map(({ lines, ...run }) => ({
    run: `${run.namespace}/${run.pod}/${run.container}${run.previous ? ' before' : ''}`,
    lines: itemsIfRead(lines),
  }));
}

const controller = { run: 'metallb-system/controller-0/controller', lines: [line] };

test('files that people give logs to are taken for logs', () => {
  const names = ['controller.log', 'controller-logs.txt', 'x/logs.txt', 'controller_log.txt'];
  expect([...names, 'services.txt', 'notes.md', 'dialogue.yaml'].filter(isLogFile)).toEqual(names);
});

test('a name tells whose log it is, with or without metallb and log in it', () => {
  const names = ['controller.log', 'metallb-controller.log', 'metallb-controller-logs.txt'];
  expect(names.map((name) => read(name))).toEqual(names.map(() => [controller]));
  expect(read('controller-previous.log')).toEqual([
    { run: 'metallb-system/controller-0/controller before', lines: [line] },
  ]);
  expect(read('router.txt')).toEqual([]);
});

test('kubectl logs --prefix says on every line whose it is', () => {
  const content = `[pod/controller-0/controller] ${line}\n[pod/speaker-n1/speaker] ${line}\n`;
  expect(read('all-logs.txt', content)).toEqual([
    controller,
    { run: 'metallb-system/speaker-n1/speaker', lines: [line] },
  ]);
});

test('kubectl logs --timestamps leaves the line of the program whole', () => {
  const stamped = `2026-03-14T03:00:00.123456789Z ${line}\n2026-03-14T03:00:01Z panic: no\n`;
  expect(read('controller.log', stamped)).toEqual([{ ...controller, lines: [line, 'panic: no'] }]);
});
