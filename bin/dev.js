#!/usr/bin/env node
// Runs the TypeScript sources as they are, on a Node that can.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `triage needs Node 22.19 or newer, and this is ${process.version}; node_modules/.bin/node is one`,
  );
  process.exitCode = 2;
} else {
  const { settings } = await import('@oclif/core/settings');
  settings.enableAutoTranspile = false;
  const { start } = await import('../src/core/shell/start.ts');
  start({ argv: process.argv, home: new URL('..', import.meta.url), fromSources: true });
}
