import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';

const folder = 'test/incidents/pool-exhausted';
const [well, ill] = [`${folder}/healthy`, `${folder}/sick`];
const forCheckout = [well, ill, '--service', 'shop/checkout'];

describe('diff', () => {
  test('tells the cause that came, the address that went, and the Service first', async () => {
    const { stdout, code } = await runHere('diff', forCheckout);
    expect(stdout).toContain(
      'shop/checkout: was healthy, is now in trouble: shop/checkout is pending',
    );
    expect(stdout).toMatch(/^came {4}pool-exhausted \(MLB-A02\)/m);
    expect(stdout).toMatch(/^moved {3}shop\/checkout {2}10\.4\.11\.12 → none/m);
    expect(stdout.indexOf('service Service shop/checkout')).toBeLessThan(stdout.indexOf('others'));
    expect(code).toBe(1);
  });

  test('nothing that matters: one verdict and exit 0', async () => {
    const { stdout, code } = await runHere('diff', [ill, ill]);
    expect(stdout).toContain('nothing that matters changed (in trouble: ');
    expect(code).toBe(0);
  });

  test('every form has the same exit code, and JSON keeps to its schema', async () => {
    const json = await runHere('diff', [...forCheckout, '-o', 'json']);
    const yaml = await runHere('diff', [...forCheckout, '-o', 'yaml']);
    const markdown = await runHere('diff', [...forCheckout, '-o', 'markdown']);
    const document: unknown = JSON.parse(json.stdout);
    expect(faultsOfSchema('diff.v1.schema.json', document)).toEqual([]);
    expect(parse(yaml.stdout)).toEqual(document);
    expect(markdown.stdout).toContain('**Came**');
    expect([json, yaml, markdown].map(({ code }) => code)).toEqual([1, 1, 1]);
  });

  test('what a partial dump does not hold is unknown, and exits 3 when nothing else changed', async () => {
    const partial = 'test/incidents/pool-exhausted-partial-dump/sick';
    const { stdout, code } = await runHere('diff', [partial, partial]);
    expect(stdout).toContain('as far as both could be read');
    expect(stdout).toMatch(/^unknown /m);
    expect(code).toBe(3);
  });

  test.each([
    [
      [well, ill, '--service', 'shop/checkut'],
      `did you mean shop/checkout? do triage diff ${well} ${ill} --service shop/checkout`,
    ],
    [[well, ill, '--service', 'shop/nope'], 'it has shop/checkout'],
    [['-', '-'], 'stdin can be read once only'],
    [[well], 'NEW is missing: '],
    [[well, '/nowhere.gz'], '/nowhere.gz'],
  ])('%j is bad usage', async (args, says) => {
    const { stdout, stderr, code } = await runHere('diff', args);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr.replaceAll(/[\s\\]+/g, ' ')).toContain(says);
  });

  test('40 columns are kept, except for names that are longer', async () => {
    const { stdout } = await runTriage(['diff', ...forCheckout], { env: { COLUMNS: '40' } });
    const long = stdout.split('\n').filter((line) => line.length > 40 && line.trim().includes(' '));
    expect(long).toEqual([]);
  });
});
