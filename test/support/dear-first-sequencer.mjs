import { relative } from "node:path";
import Sequencer from "@jest/test-sequencer";

/**
 * What takes longest, the dearest first. Jest learns by itself how long files take, but a fresh clone has
 * not learnt it, and a long file that begins last leaves the other cores with nothing to do.
 */
const DEAR = [
  "test/properties/reference.test.ts",
  "test/abuse/non-interference.test.ts",
  "test/abuse/filter-and-sort.test.ts",
  "test/properties/query-shapes.test.ts",
  "test/properties/plan-equals-verdict.test.ts",
  "test/audit/kill.test.ts",
  "test/abuse/sharing.test.ts",
  "test/abuse/aggregates.test.ts",
  "test/units/commands/policy-steps.test.ts",
  "test/units/commands/audit-export.test.ts",
  "test/properties/policy-diff.test.ts",
  "test/properties/elevations.test.ts",
  "test/properties/rules-add-up.test.ts",
  "test/abuse/changes-on-every-node.test.ts",
  "test/properties/explanations.test.ts",
  "test/units/commands/serve-in-processes.test.ts",
  "test/abuse/paths.test.ts",
  "test/audit/evidence-access.test.ts",
  "test/audit/evidence-download.test.ts",
  "test/exhaustive/predicates.test.ts",
  "test/requests/requests.test.ts",
  "test/exhaustive/indexes.test.ts",
];

/** Begins with the files that are known to be dear; the others come in Jest's own order. */
export default class DearFirstSequencer extends Sequencer {
  #root;

  constructor(options) {
    super(options);
    this.#root = options.globalConfig.rootDir;
  }

  sort(tests) {
    const place = ({ path }) => {
      const at = DEAR.indexOf(relative(this.#root, path).replaceAll("\\", "/"));
      return at === -1 ? DEAR.length : at;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
}
