import type { PolicyFile } from "./document.ts";
import type { PolicyFault } from "./fault.ts";
import type { RoleHolder } from "./lock-out.ts";

/** What a test of a version found. */
export interface PolicyReport {
  /** Cases of the decision tables. */
  readonly cases: number;
  /** Cases that are decided otherwise than they say. */
  readonly failed: readonly PolicyFault[];
  readonly outcomes: number;
  /** Outcomes (role, purpose, category, level) that no case asks for. */
  readonly missing: readonly string[];
  /** Wrong policies that were tried; null where a case failed. */
  readonly mutants: number | null;
  /** Wrong policies that some case notices; null where a case failed. */
  readonly noticed: number | null;
  readonly findings: readonly PolicyFault[];
}

/** What is to be tested, and with what. */
export interface PolicyTest {
  readonly documents: readonly PolicyFile[];
  /** Decision tables; null for those of the product. */
  readonly cases: readonly PolicyFile[] | null;
  /** Whose roles have to suffice for the next version. */
  readonly people: readonly RoleHolder[];
  readonly now: Date;
}

/** Tests documents beside the work of the server. */
export interface PolicyTester {
  /** The decision tables of the product. */
  tables(): PolicyFile[];
  test(asked: PolicyTest): Promise<PolicyReport>;
}
