/** True when it is certain that a release takes AddressPools besides IPAddressPools: until v0.14.2 (#2252). */
export function readsAddressPools(version: string | undefined): boolean {
  return /^v0\.(?:13\.\d|14\.[01](?!\d))/.test(version ?? '');
}
