import { Worker } from "node:worker_threads";
import { loadCatalog } from "./catalog.ts";
import { readPolicyFiles } from "./policy/document.ts";
import type { PolicyReport, PolicyTest, PolicyTester } from "./policy/policy-report.ts";

/** A test that has not come to an end by then is given up, in milliseconds. */
const LONGEST_MS = 10 * 60_000;

/**
 * Tests policies in a thread of their own, one after the other: a test computes for seconds, in which
 * the server has to go on answering and hearing of changes.
 *
 * @param folder where the product's decision tables lie
 */
export function createPolicyTester(folder: string): PolicyTester {
  let before: Promise<unknown> = Promise.resolve();
  return {
    // Tables lie in the folder itself; what lies below it is about other things.
    tables: () => readPolicyFiles(folder).filter(({ name }) => !name.includes("/")),
    test(asked) {
      const report = before.then(() => inThread(asked, folder));
      before = report.catch(() => undefined);
      return report;
    },
  };
}

async function inThread(asked: PolicyTest, folder: string): Promise<PolicyReport> {
  const file = new URL("./policy-test-thread.js", import.meta.url);
  // Tests run from the sources, of which a thread could load none.
  if (import.meta.url.endsWith(".ts")) {
    const { testDocuments } = await import("./policy-versions/test-documents.ts");
    return testDocuments(asked, { catalog: loadCatalog(), folder });
  }
  const { promise, resolve, reject } = Promise.withResolvers<PolicyReport>();
  const thread = new Worker(file, { workerData: { asked, folder } });
  thread.once("message", resolve);
  thread.once("error", reject);
  thread.once("exit", () => reject(new Error("the test of a policy ended without a report")));
  const timer = setTimeout(() => void thread.terminate(), LONGEST_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
