#!/usr/bin/env node
// Runs the TypeScript sources as they are (Node 22.18 or newer).
import { settings } from '@oclif/core/settings';
import { start } from '../src/core/shell/start.ts';

settings.enableAutoTranspile = false;
start({ argv: process.argv, home: new URL('..', import.meta.url), fromSources: true });
