import { propertiesOf, propertyTable, thinProofs } from "./property-table.mjs";

/**
 * Ends the run with the runs and seeds of its properties, and one plain line that says how many tests
 * passed, failed and were skipped. A proof that was tried on too few cases fails the run.
 */
export default class ClosingLineReporter {
  #thin = [];

  constructor(globalConfig) {
    this.isPartial = Boolean(globalConfig.testNamePattern);
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = results;
    const properties = propertiesOf(results);
    // A property that fails stops early, and has said so itself.
    if (!this.isPartial && numFailedTests === 0) this.#thin = thinProofs(properties);
    // A file that could not even be loaded counts as a failure, though none of its tests ran.
    const brokenFiles = testResults.filter(({ testExecError }) => testExecError).length;
    const skipped = numPendingTests + numTodoTests;
    const failed = numFailedTests + brokenFiles + this.#thin.length;
    const counts = [`${numPassedTests} passed`, `${failed} failed`];
    if (skipped > 0) counts.push(`${skipped} skipped`);
    // Jest prints its own summary after this; the line has to be the last.
    process.once("exit", () => {
      if (properties.length > 0) console.log(`\nProperties${propertyTable(properties)}\n`);
      console.log(counts.join(", "));
    });
  }

  getLastError() {
    return this.#thin.length === 0 ? undefined : new Error(this.#thin.join("\n"));
  }
}
