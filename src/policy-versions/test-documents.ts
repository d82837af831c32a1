import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../classification/catalog.ts";
import { BootError } from "../lib/boot-error.ts";
import type { PolicyFile } from "../policy/document.ts";
import { type PolicyFault, PolicyFaults } from "../policy/fault.ts";
import { findingsIn } from "../policy/findings.ts";
import { loadPolicy } from "../policy/load.ts";
import { lockOutFindings } from "../policy/lock-out.ts";
import type { PolicyReport, PolicyTest } from "../policy/policy-report.ts";
import { type Proof, provePolicy } from "../proving/prove-policy.ts";

/**
 * Runs the decision tables, the mutants and every check on documents. Takes seconds of computing.
 *
 * @param folder where the product's decision tables lie
 */
export function testDocuments(
  test: PolicyTest,
  { catalog, folder }: { catalog: Catalog; folder: string },
): PolicyReport {
  const { documents, people, now } = test;
  try {
    const policy = loadPolicy(documents, catalog);
    const findings = [
      ...findingsIn(policy, catalog, now),
      ...lockOutFindings({ policy, catalog, people, now }),
    ];
    const proof = withTables(test.cases ?? folder, (tables) =>
      provePolicy({ policy, catalog, folder: tables, now }),
    );
    return reportOf(proof, findings.map(placeOf));
  } catch (error) {
    if (error instanceof PolicyFaults) return failedWith(error.faults.map(placeOf));
    if (error instanceof BootError) return failedWith(error.faults.map(placeIn));
    throw error;
  }
}

/** The tables as a folder; those that came with a version are put into one for the time of the test. */
function withTables<T>(tables: string | readonly PolicyFile[], work: (folder: string) => T): T {
  if (typeof tables === "string") return work(tables);
  const folder = mkdtempSync(join(tmpdir(), "custodia-cases-"));
  try {
    for (const { name, text } of tables) writeFileSync(join(folder, name), text);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf(proof: Proof, findings: readonly PolicyFault[]): PolicyReport {
  const { cases, failed, coverage, score } = proof;
  return {
    cases,
    failed: failed.map(({ expected: { file, line, title }, failure }) => ({
      file,
      line,
      message: `${title}: ${failure}`,
    })),
    outcomes: coverage.outcomes,
    missing: coverage.missing,
    mutants: score === null ? null : score.mutants,
    noticed: score === null ? null : score.mutants - score.survivors.length,
    findings,
  };
}

function failedWith(failed: readonly PolicyFault[]): PolicyReport {
  return { cases: 0, failed, outcomes: 0, missing: [], mutants: null, noticed: null, findings: [] };
}

function placeOf({ file, line, message }: PolicyFault): PolicyFault {
  return { file, line, message };
}

/** `care.yaml:7: reads.0.who: Invalid input` */
function placeIn(fault: string): PolicyFault {
  const parts = /^([\w.-]+\.yaml):(\d+): (.*)$/s.exec(fault);
  if (parts === null) return { file: ".", line: 1, message: fault };
  return { file: parts[1] ?? ".", line: Number(parts[2]), message: parts[3] ?? fault };
}
