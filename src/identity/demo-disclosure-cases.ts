import type { CallerDisclosureCase } from "./caller.ts";

/** A disclosure case of the demonstration, as the seeds write it. */
export interface DemoDisclosureCase extends CallerDisclosureCase {
  /** The same in every database (UUIDv7). */
  readonly id: string;
  readonly kind: "COURT_ORDER" | "REGULATOR";
  readonly authority: string;
  readonly documentNo: string;
  readonly receivedAt: Date;
  readonly approvedAt: Date | null;
}

/** What courts ask the transferor for. */
export const DEMO_DISCLOSURE_CASES: readonly DemoDisclosureCase[] = [
  {
    id: "0192a000-0000-7000-8000-00000000c001",
    code: "DISCLOSURE-2026-001",
    kind: "COURT_ORDER",
    authority: "上海市浦东新区人民法院",
    documentNo: "(2026)沪0115民初1024号",
    jurisdiction: "CN",
    approvalRef: null,
    state: "APPROVED",
    fields: ["fullName", "idNumber"],
    receivedAt: new Date("2026-09-14T02:00:00Z"),
    approvedAt: new Date("2026-09-21T06:30:00Z"),
  },
  {
    id: "0192a000-0000-7000-8000-00000000c002",
    code: "DISCLOSURE-2026-002",
    kind: "COURT_ORDER",
    authority: "Landgericht Hamburg",
    documentNo: "312 O 77/26",
    jurisdiction: "DE",
    // No Chinese authority has approved the answer, so the case can't be (PIPL Art. 41).
    approvalRef: null,
    state: "VERIFIED",
    fields: ["fullName", "phone"],
    receivedAt: new Date("2026-10-05T08:00:00Z"),
    approvedAt: null,
  },
];
