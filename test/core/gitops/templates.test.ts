import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';

const own = 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n';
const sops = 'sops:\n    mac: ENC[AES256_GCM,data:x,type:str]\n    version: 3.8.1\n';

async function kindOf(text: string) {
  const { templates, templatesOfMetalLB, templating } = await parseManifest({ path: 'm', text });
  return [templating, templates, templatesOfMetalLB];
}

describe('what is to be filled in', () => {
  test.each([
    ['values of Helm', `${own}metadata: {name: {{ .Values.name }}}\n`, 'helm'],
    ['blocks of Helm', `{{- if $on }}\n${own}{{- end }}\n`, 'helm'],
    ["Ansible's names", `${own}spec: {addresses: ["{{ metallb_range }}"]}\n`, 'braces'],
    ["Jinja's blocks", `{% if on %}\n${own}name: {{ item.name }}\n{% endif %}\n`, 'braces'],
    ['a variable', `${own}spec: {addresses: ["\${RANGE}"]}\n`, 'variables'],
    ['one with a default', `${own}spec: {addresses: ["\${RANGE:=10.0.0.0/24}"]}\n`, 'flux'],
    ['what SOPS has encrypted', `${own}spec: {addresses: [ENC]}\n${sops}`, 'sops'],
  ])('%s', async (_, text, templating) => {
    expect(await kindOf(text)).toEqual([templating, 1, 1]);
  });

  test("MetalLB's objects tell what fills the file in, not what stands beside them", async () => {
    const script = 'kind: ConfigMap\ndata: {run: "{{ .Values.x }}"}\n';
    expect(await kindOf(`${own}metadata: {name: "\${NAME}"}\n---\n${script}`)).toEqual([
      'variables',
      2,
      1,
    ]);
  });

  test.each([
    ['a comment behind a value', `${own}spec: {autoAssign: false} # was \${A}, {{ .Values.a }}\n`],
    ['a Secret that SOPS has encrypted', `apiVersion: v1\nkind: Secret\n${sops}`],
  ])('not %s', async (_, text) => {
    expect(await kindOf(text)).toEqual([undefined, 0, 0]);
  });

  test('a comment sign in quotes begins no comment', async () => {
    expect(await kindOf(`${own}metadata: {name: "a # \${NAME}"}\n`)).toEqual(['variables', 1, 1]);
  });
});
