import type { ExitCode } from './exit.ts';
import type { ObjectRef } from './object-ref.ts';

/** Version of the JSON that `triage validate` prints. Additive only within a major. */
export const validationSchemaVersion = 'triage.validate/v1';

/** A place in a file, counted from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with manifests, or doubtful about them. */
export interface ManifestProblem {
  /** `warning`: it is accepted, and surely not what was meant. */
  readonly severity: 'error' | 'warning';
  /** The rule in a word: `overlap`. */
  readonly rule: string;
  readonly object: ObjectRef | undefined;
  readonly place: FilePlace;
  /** The other object of an overlap or a duplicate, where it stands. */
  readonly other: (FilePlace & { readonly object: ObjectRef }) | undefined;
  /** MetalLB's own text where it has one. */
  readonly message: string;
  /** Who turns it away, in the order a written object meets them; empty for warnings. */
  readonly refusedBy: readonly ('API server' | 'webhook' | 'controller' | 'speaker')[];
  /** What would end it by appearing; until then speakers keep their old configuration. */
  readonly waitsFor: string | undefined;
  /** What to do about it. */
  readonly advice: string;
}

/** What is in files and is not judged. */
export interface SkippedParts {
  readonly otherDocuments: number;
  readonly kustomizations: number;
  /** Documents that are templates. */
  readonly templates: number;
  /** Files in which those are. */
  readonly templateFiles: number;
  /** Those of the templates in which MetalLB's objects are: without them the answer stays open. */
  readonly templatesOfMetalLB: number;
  /** Links to nowhere, files without permission, and what is no text: named in the notes. */
  readonly unreadFiles: number;
}

/** Manifests that belong to one cluster, judged together. */
export interface ValidatedSet {
  /** The folder or file. */
  readonly name: string;
  readonly files: number;
  /** Objects of MetalLB, by kind. */
  readonly objects: Readonly<Record<string, number>>;
  readonly skipped: SkippedParts;
  readonly problems: readonly ManifestProblem[];
  readonly notes: readonly string[];
  /** What judges all of it, where kustomize changes or adds to what is in the files; undefined when it does not. */
  readonly build: string | undefined;
}

/** What `triage validate` prints as JSON. */
export interface ValidationReport {
  readonly schemaVersion: typeof validationSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: 'validate';
  readonly result: 'valid' | 'warnings' | 'problems' | 'unknown';
  readonly exitCode: ExitCode;
  /** Whose rules were applied. */
  readonly metallb: {
    readonly version: string;
    readonly namespace: string;
    /** Undefined: not known, so what only one kind of BGP refuses is a warning. */
    readonly bgpType: string | undefined;
  };
  /** The cluster or recording the manifests were put beside. */
  readonly with: string | undefined;
  readonly sets: readonly ValidatedSet[];
  /** Of all sets together, what several of them share counted once. */
  readonly skipped: SkippedParts;
}
