// `yaml` is CommonJS: imported dynamically by its own name, a bundle has it under `default` alone (esbuild 0.28).
export { LineCounter, isCollection, isMap, isScalar, parseAllDocuments, visit } from 'yaml';
