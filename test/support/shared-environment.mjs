import { ModuleMocker } from "jest-mock";

const testTimeout = Symbol.for("TEST_TIMEOUT_SYMBOL");

/**
 * Every error that is made notes so many calls. Jest asks for 100, most of them of the machinery below, and
 * comparisons make an error each.
 */
const NOTED_CALLS = 30;

/**
 * Lets tests run in the realm of their process, with Node's own objects, as the product does. What a
 * file changed about the process is not there for the next.
 */
export default class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #found = {
    console: globalThis.console,
    exit: Object.getOwnPropertyDescriptor(process, "exit"),
    exitCode: process.exitCode,
    folder: process.cwd(),
    variables: { ...process.env },
  };

  async setup() {
    Error.stackTraceLimit = NOTED_CALLS;
  }

  async teardown() {
    const { console, exit, exitCode, folder, variables } = this.#found;
    globalThis.console = console;
    Object.defineProperty(process, "exit", exit);
    process.exitCode = exitCode;
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
    delete globalThis[testTimeout];
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  // There is no other realm than that of the process.
  getVmContext() {
    return null;
  }
}
