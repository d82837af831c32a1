import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import JestRuntime from "jest-runtime";

const require = createRequire(import.meta.url);
const root = pathToFileURL(join(import.meta.dirname, "../../")).href;
const globalsFile = new URL("jest-globals.mjs", import.meta.url).href;
/** What Jest's transformer is told of an ES module. */
const asModule = {
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/** Where the source map of a module is, by the name that stacks have for the module. */
const sourceMaps = new Map();
/** Test files that ran in this process. */
const ran = new Set();
let filesRun = 0;
/** Goes up when a file runs again in this process, as under `--watch`: then everything is loaded anew. */
let round = 0;
let running = null;

registerHooks({ resolve: resolveModule, load: loadModule });

/**
 * Loads tests as Node loads the product: with its own loader, and a module once a process instead of
 * once a test file. New for each file are the file itself, what runs before it (`setupFiles`), and
 * Jest's own machinery (docs/decisions/0049).
 */
export default class SharedModulesRuntime extends JestRuntime {
  #file;
  #transformer;

  constructor(config, environment, resolver, transformer, ...rest) {
    super(config, environment, resolver, transformer, ...rest);
    const [, , testPath] = rest;
    this.#file = testPath;
    this.#transformer = transformer;
    filesRun += 1;
    if (ran.has(testPath)) {
      ran.clear();
      round += 1;
    }
    ran.add(testPath);
    running = this;
  }

  unstable_importModule(path) {
    return import(`${pathToFileURL(path).href}?file=${filesRun}`);
  }

  requireInternalModule(path) {
    // It keeps what is true of one test file, such as its tests and who listens to them.
    delete require.cache[path];
    delete globalThis[Symbol.for("EVENT_HANDLERS")];
    return require(path);
  }

  // That would be for a `process` of the tests' own.
  installGetBuiltinModule() {}

  getSourceMaps() {
    return sourceMaps;
  }

  /** What `@jest/globals` has for the test file. */
  globalsOfFile() {
    return { ...this.jestGlobals.envGlobals(), jest: this.jestGlobals.jestObjectFor(this.#file) };
  }

  /** A TypeScript file as JavaScript, from Jest's cache where it has not changed. */
  transformed(path) {
    return this.#transformer.transform(path, asModule);
  }
}

/** What `@jest/globals` has for the test file that runs now. */
export function globalsOfRunningFile() {
  return running.globalsOfFile();
}

function resolveModule(specifier, context, nextResolve) {
  if (specifier === "@jest/globals")
    return { url: `${globalsFile}?file=${filesRun}`, shortCircuit: true };
  const resolved = nextResolve(specifier, context);
  if (round === 0 || !isOurs(resolved.url) || resolved.url.includes("?")) return resolved;
  return { ...resolved, url: `${resolved.url}?round=${round}` };
}

function loadModule(url, context, nextLoad) {
  // Jest requires the set-up and teardown of the run by itself.
  if (!isOurs(url) || context.conditions.includes("require")) return nextLoad(url, context);
  const { code, sourceMapPath } = running.transformed(fileURLToPath(url));
  if (sourceMapPath) sourceMaps.set(url, sourceMapPath);
  return { format: "module", source: code, shortCircuit: true };
}

function isOurs(url) {
  return url.startsWith(root) && /\.ts(\?|$)/.test(url) && !url.includes("/node_modules/");
}
