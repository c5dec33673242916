import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { templateNotes } from '../../../src/core/gitops/template-notes.ts';

async function notes(files: Readonly<Record<string, string>>) {
  const sources = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({
      path,
      parsed: await parseManifest({ path, text }),
    })),
  );
  return templateNotes(sources, sources);
}

const own = 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n';
const pool = `${own}spec: {addresses: ["\${RANGE}"]}\n`;

test("what holds no object of MetalLB is not told, whatever it says of MetalLB's annotations", async () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: ${APP}\n  annotations: {metallb.io/address-pool: lan}\n';
  expect(
    await notes({ 'a.yaml': 'kind: ConfigMap\nmetadata: {name: "${A}"}\n', 'b.yaml': service }),
  ).toEqual([]);
});

test('one file of variables', async () => {
  expect(await notes({ 'a b.yaml': pool })).toEqual([
    "a b.yaml has variables to fill in (${…}) and was not judged; filled in it is: envsubst <'a b.yaml' | triage validate -",
  ]);
});

test('several are one note, with one command that puts them together', async () => {
  expect(await notes({ 'a.yaml': pool, 'b.yaml': pool })).toEqual([
    `a.yaml and b.yaml have variables to fill in (\${…}) and were not judged; filled in they are: awk 'FNR==1 {print "---"} 1' a.yaml b.yaml | envsubst | triage validate -`,
  ]);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`f${at}.yaml`, pool]));
  expect(await notes(many)).toEqual([
    `f0.yaml, f1.yaml, f2.yaml and 6 more have variables to fill in (\${…}) and were not judged; filled in they are: awk 'FNR==1 {print "---"} 1' FILES | envsubst | triage validate -`,
  ]);
});

test("variables with defaults are Flux's, which GNU's envsubst leaves as they are", async () => {
  const flux = pool.replace('${RANGE}', '${RANGE:=192.0.2.0/24}');
  expect(await notes({ 'a.yaml': flux, 'b.yaml': pool })).toEqual([
    `a.yaml and b.yaml have variables to fill in (\${…}) and were not judged; filled in they are: awk 'FNR==1 {print "---"} 1' a.yaml b.yaml | flux envsubst | triage validate -`,
  ]);
});

test('what SOPS has encrypted is decrypted file by file', async () => {
  const secret = `${own}spec: {addresses: [ENC]}\nsops: {mac: x}\n`;
  expect(await notes({ 'a.yaml': secret })).toEqual([
    'a.yaml is encrypted by SOPS and was not judged; decrypted it is: sops --decrypt a.yaml | triage validate -',
  ]);
  expect(await notes({ '-': secret })).toEqual([
    'stdin is encrypted by SOPS and was not judged; decrypted it is: sops --decrypt --input-type yaml --output-type yaml /dev/stdin | triage validate -',
  ]);
  expect(await notes({ 'a.yaml': secret, 'b.yaml': secret })).toEqual([
    `a.yaml and b.yaml are encrypted by SOPS and were not judged; decrypted they are: for file in a.yaml b.yaml; do echo ---; sops --decrypt "$file"; done | triage validate -`,
  ]);
});

test('braces of nobody known name no command', async () => {
  expect(await notes({ 'a.yml': `${own}metadata: {name: "{{ pool }}"}\n` })).toEqual([
    'a.yml has placeholders to fill in ({{ … }}) and was not judged; filled in it is: … | triage validate -',
  ]);
});

test("Helm's and variables are two notes", async () => {
  const helm = `${own}metadata: {name: {{ .Values.name }}}\n`;
  expect(await notes({ 'a.yaml': pool, 'b.yaml': helm })).toEqual([
    'a.yaml has variables to fill in (${…}) and was not judged; filled in it is: envsubst <a.yaml | triage validate -',
    'b.yaml is a template of Helm ({{ … }}) and was not judged; filled in it is: helm template CHART | triage validate -',
  ]);
});
