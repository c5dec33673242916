/** `triage 0.1.0 (node v24.1.0, linux-x64)`. */
export function versionLine(version: string): string {
  return `triage ${version} (node ${process.version}, ${process.platform}-${process.arch})`;
}
