/** Tests run from the sources, as ES modules, against a PostgreSQL of this run's own. */
export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/\\.data/"],
  watchPathIgnorePatterns: ["<rootDir>/\\.data/"],
  testEnvironment: "<rootDir>/test/support/plain-environment.mjs",
  testSequencer: "<rootDir>/test/support/dear-first-sequencer.mjs",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2023",
          parser: { syntax: "typescript", decorators: true },
          // As in tsconfig.json: legacy decorators, explicit types instead of emitted metadata.
          transform: {
            legacyDecorator: true,
            decoratorMetadata: false,
            useDefineForClassFields: false,
          },
        },
        sourceMaps: "inline",
      },
    ],
  },
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  setupFiles: ["<rootDir>/test/support/record-properties.ts"],
  reporters: ["default", "<rootDir>/test/support/closing-line-reporter.mjs"],
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  maxWorkers: 2,
  // Modules of test files stay in a worker's memory; one that holds too many makes room between files.
  workerIdleMemoryLimit: "1GB",
  // The long rounds are the same tests with larger settings.
  // oxlint-disable-next-line node/no-process-env -- settings of the product are not read here
  testTimeout: process.env.CUSTODIA_LONG === "1" ? 400_000 : 20_000,
};
