import type { NewOpenReview } from "../src/database/seed-reviews.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { requireDemoCaller } from "../src/identity/demo-tokens.ts";

/** The review of stewards that the transferor's compliance officer has opened, and nobody has worked on. */
export function seedReview(): NewOpenReview {
  const officer = requireDemoCaller("compliance-officer");
  return {
    id: "0192a000-0000-7000-8000-00000000d501",
    organisationId: DEMO_ORGANISATIONS.transferor.id,
    role: "DATA_STEWARD",
    endsWhenOverdue: "DORMANT",
    openedById: officer.id,
    openedBy: officer.name,
    openedAt: new Date("2026-11-16T02:00:00Z"),
    dueAt: new Date("2099-12-31T00:00:00Z"),
  };
}
