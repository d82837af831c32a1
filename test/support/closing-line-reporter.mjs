/** Ends the run with one plain line that says how many tests passed, failed and were skipped. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = results;
    // A file that could not even be loaded counts as a failure, though none of its tests ran.
    const brokenFiles = testResults.filter(({ testExecError }) => testExecError).length;
    const skipped = numPendingTests + numTodoTests;
    const counts = [`${numPassedTests} passed`, `${numFailedTests + brokenFiles} failed`];
    if (skipped > 0) counts.push(`${skipped} skipped`);
    // Jest prints its own summary after this; the line has to be the last.
    process.once("exit", () => console.log(counts.join(", ")));
  }
}
