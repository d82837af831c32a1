import { globalsOfRunningFile } from "./shared-modules-runtime.mjs";

/** Stands for `@jest/globals`; loaded anew for each test file. */
export const { jest, expect, describe, test, it, beforeAll, beforeEach, afterAll, afterEach } =
  globalsOfRunningFile();
