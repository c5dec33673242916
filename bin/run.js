#!/usr/bin/env node
// Plain JavaScript that every Node can read, so that an old one gets a sentence and not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `triage needs Node 22.19 or newer, and this is ${process.version}: see https://nodejs.org; a clone of triage has one in node_modules/.bin`,
  );
  process.exitCode = 2;
} else {
  process.getBuiltinModule('node:module').enableCompileCache();
  import('../dist/core/shell/start.js').then(
    ({ start }) => start({ argv: process.argv, home: new URL('..', import.meta.url) }),
    (error) => {
      console.error(`triage is not built (npm run build): ${error.message}`);
      process.exitCode = 2;
    },
  );
}
