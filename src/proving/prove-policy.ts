import type { Catalog } from "../classification/catalog.ts";
import type { Policy } from "../policy/rule.ts";
import { surveyPolicy } from "../policy/survey.ts";
import { type Asking, askingsOf } from "./asking.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import type { Mutant } from "./mutants.ts";
import { type MutationScore, mutationScore } from "./mutation-score.ts";
import type { PolicyCase } from "./policy-case.ts";
import { readCases } from "./read-cases.ts";
import { type ExplainedSurvivor, explainedSurvivors, unexplained } from "./survivors.ts";

/** A case that is decided otherwise than it says. */
export interface FailedCase {
  readonly expected: PolicyCase;
  readonly failure: string;
}

/** How well a policy keeps what its tables say, and how well the tables hold the policy. */
export interface Proof {
  readonly cases: number;
  readonly failed: readonly FailedCase[];
  readonly coverage: Coverage;
  /** Null where a case failed: then every mutant would be noticed. */
  readonly score: MutationScore | null;
  readonly silent: readonly Mutant[];
  readonly stale: readonly ExplainedSurvivor[];
}

/**
 * Runs every case of a folder, and then the cases against every wrong policy.
 *
 * @throws BootError with file and line of what is not written as it must be
 */
export function provePolicy({
  policy,
  catalog,
  folder,
  now,
}: {
  policy: Policy;
  catalog: Catalog;
  folder: string;
  now: Date;
}): Proof {
  const cases = readCases({ folder, policy, catalog });
  const askings = askingsOf({ policy, catalog, cases });
  const failed = failedAmong(cases, askings);
  const coverage = coverageOf(surveyPolicy(policy, catalog, now), cases);
  const score = failed.length > 0 ? null : mutationScore({ policy, catalog, askings });
  const { silent, stale } =
    score === null
      ? { silent: [], stale: [] }
      : unexplained(score.survivors, explainedSurvivors(folder));
  return { cases: cases.length, failed, coverage, score, silent, stale };
}

/** In the order of the cases. */
function failedAmong(cases: readonly PolicyCase[], askings: readonly Asking[]): FailedCase[] {
  const failures = new Map(
    askings.flatMap((asking) =>
      asking.cases.map((expected) => [expected, expected.failure(asking.decisions)] as const),
    ),
  );
  return cases.flatMap((expected): FailedCase[] => {
    const failure = failures.get(expected) ?? null;
    return failure === null ? [] : [{ expected, failure }];
  });
}

/** Share of the mutants that some case notices, in percent. */
export function percentOf({ mutants, survivors }: MutationScore): number {
  return mutants === 0 ? 100 : (100 * (mutants - survivors.length)) / mutants;
}
