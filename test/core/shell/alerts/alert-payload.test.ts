import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { alertsIn } from '../../../../src/core/shell/alerts/alert-payload.ts';

const labels = { alertname: 'MetalLBStaleConfig', pod: 'controller-1' };
const asked = (value: unknown) => alertsIn(JSON.stringify(value), 'payload.json');

describe('the forms alerts come in', () => {
  test.each([
    ['a webhook payload', { version: '4', alerts: [{ status: 'firing', labels }] }, 'firing'],
    ['amtool and /api/v2/alerts', [{ status: { state: 'active' }, labels }], 'firing'],
    ['one that is silenced', [{ status: { state: 'suppressed' }, labels }], 'silenced'],
    [
      'Prometheus',
      { status: 'success', data: { alerts: [{ state: 'pending', labels }] } },
      'pending',
    ],
    ['one alone', { status: 'resolved', labels }, 'resolved'],
  ])('%s', (_, value, state) => {
    expect(asked(value)).toEqual([
      {
        name: 'MetalLBStaleConfig',
        state,
        since: undefined,
        labels: new Map(Object.entries(labels)),
      },
    ]);
  });

  test('no alert at all is a list like any other', () => {
    expect(asked([])).toEqual([]);
  });

  test('a time that is none is left out', () => {
    expect(asked([{ labels, startsAt: 'yesterday' }])[0]?.since).toBeUndefined();
    expect(asked([{ labels, startsAt: '2026-03-14T03:02:00Z' }])[0]?.since).toBe(
      '2026-03-14T03:02:00.000Z',
    );
  });
});

describe('what is none of them is refused, with the reason', () => {
  test.each([
    ['nothing', '', 'payload.json is empty'],
    ['no JSON', 'alerts:\n- a', 'payload.json is no JSON'],
    ['no alerts', '{"receiver":"x"}', 'payload.json holds no alerts'],
    ['alerts that are no list', '{"alerts":{"labels":{}}}', 'payload.json holds no alerts'],
    ['a text for an alert', '["MetalLBStaleConfig"]', 'alert 1 of payload.json has no labels'],
    ['null', 'null', 'payload.json holds no alerts'],
    ['a label that is no text', '[{"labels":{"alertname":["a"]}}]', 'label alertname is no text'],
    ['no name', '[{"labels":{"pool":"lan"}}]', 'alert 1 of payload.json has no label alertname'],
    ['a huge label', `[{"labels":{"alertname":"${'x'.repeat(2000)}"}}]`, '2000 characters long'],
    ['too many', `[${'{"labels":{"alertname":"a"}},'.repeat(5000)}{}]`, '5001 alerts'],
    ['too much', ' '.repeat(8_000_001), 'too large'],
  ])('%s', (_, content, says) => {
    expect(() => alertsIn(content, 'payload.json')).toThrow(UsageError);
    expect(() => alertsIn(content, 'payload.json')).toThrow(says);
  });

  test('keys that mean something to JavaScript mean nothing here', () => {
    const hostile =
      '{"__proto__":{"alerts":[]},"alerts":[{"__proto__":{"status":"resolved"},"labels":{"alertname":"a","__proto__":"b","constructor":"c"}}]}';
    const [alert] = alertsIn(hostile, 'payload.json');
    expect([alert?.state, alert?.labels.get('__proto__')]).toEqual(['firing', 'b']);
    expect(Object.hasOwn(Object.prototype, 'alerts')).toBe(false);
  });
});
