import { describe, expect, test } from 'vitest';
import { answerLog } from './testbed/log-answer.ts';
import type { LogAnswer, LogWorld, StubContainer } from './testbed/log-answer.ts';

const NOW = new Date('2026-03-14T03:10:00Z');
const LINES = ['{"ts":"2026-03-14T03:00:00Z"}', '{"ts":"2026-03-14T03:09:00Z"}', 'no time', 'last'];

describe('which run is meant', () => {
  const both = { current: LINES.join('\n'), previous: 'before\n' };
  const running = { running: {} };
  const ended = { terminated: {} };
  const waiting = { waiting: { reason: 'CrashLoopBackOff' } };

  test.each([
    { state: running, lastState: {}, query: '', text: `${LINES.join('\n')}\n` },
    { state: ended, lastState: {}, query: '', text: `${LINES.join('\n')}\n` },
    { state: waiting, lastState: ended, query: '', text: `${LINES.join('\n')}\n` },
    { state: running, lastState: ended, query: 'previous=true', text: 'before\n' },
  ])('$state after $lastState, asked "$query"', ({ state, lastState, query, text }) => {
    const answer = ask({ name: 'c', state, lastState }, query, both);
    expect(answer).toEqual({ status: 200, text });
  });

  test('between two runs of a crash loop the last run is the current one', () => {
    const container = { name: 'c', state: waiting, lastState: ended };
    expect(ask(container, '', { previous: 'before\n' })).toEqual({ status: 200, text: 'before\n' });
  });

  test.each([
    [running, 'previous=true', 'previous terminated container "c" in pod "p" not found'],
    [
      { waiting: { reason: 'ContainerCreating' } },
      '',
      'container "c" in pod "p" is waiting to start: ContainerCreating',
    ],
    [
      { waiting: { reason: 'ErrImagePull' } },
      '',
      `container "c" in pod "p" is waiting to start: image can't be pulled`,
    ],
    [
      { waiting: { reason: 'ImagePullBackOff' } },
      '',
      'container "c" in pod "p" is waiting to start: trying and failing to pull image',
    ],
    [{}, '', 'container "c" in pod "p" is waiting to start - no logs yet'],
  ])('%j, asked "%s", is refused', (state, query, text) => {
    expect(ask({ name: 'c', state }, query, both)).toEqual({ status: 400, text: `${text}\n` });
  });

  test('a container without a status is not available', () => {
    expect(ask({ name: 'other', state: running }, '', both)).toEqual({
      status: 400,
      text: 'container "c" in pod "p" is not available\n',
    });
  });

  test('an unknown pod is not found, and a log that no file holds is an error, not empty', () => {
    expect(answerLog({ pods: [], logs: [] }, request(''), NOW).status).toBe(404);
    expect(ask({ name: 'c', state: running }, '', {}).status).toBe(500);
  });
});

describe('which lines are wanted', () => {
  test.each([
    ['tailLines=2', ['no time', 'last']],
    ['tailLines=9', LINES],
    ['tailLines=0', []],
    ['sinceSeconds=120', LINES.slice(1)],
    ['sinceTime=2026-03-14T03:05:00Z', LINES.slice(1)],
    ['sinceSeconds=120&tailLines=1', ['last']],
  ])('%s', (query, lines) => {
    const text = lines.map((line) => `${line}\n`).join('');
    expect(
      ask({ name: 'c', state: { running: {} } }, query, { current: LINES.join('\n') }),
    ).toEqual({ status: 200, text });
  });

  test('timestamps go before the lines that state one', () => {
    const { text } = ask({ name: 'c', state: { running: {} } }, 'timestamps=true', {
      current: LINES.join('\n'),
    });
    expect(text.split('\n')[0]).toBe(`2026-03-14T03:00:00.000Z ${LINES[0]}`);
    expect(text.split('\n')[3]).toBe('last');
  });

  test('limitBytes cuts', () => {
    const { text } = ask({ name: 'c', state: { running: {} } }, 'limitBytes=5', {
      current: 'abcdefgh\n',
    });
    expect(text).toBe('abcde');
  });
});

function ask(
  container: StubContainer,
  query: string,
  logs: { current?: string; previous?: string },
): LogAnswer {
  const place = { namespace: 'n', pod: 'p', container: 'c' };
  const world: LogWorld = {
    pods: [{ namespace: 'n', name: 'p', containers: [container] }],
    logs: [
      ...(logs.previous === undefined ? [] : [{ ...place, previous: true, text: logs.previous }]),
      ...(logs.current === undefined ? [] : [{ ...place, previous: false, text: logs.current }]),
    ],
  };
  return answerLog(world, request(query), NOW);
}

function request(query: string) {
  return { namespace: 'n', pod: 'p', container: 'c', query: new URLSearchParams(query) };
}
