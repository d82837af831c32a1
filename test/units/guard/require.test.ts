import type { Row } from "../../../src/database/read-request.ts";
import { requireVerb } from "../../../src/guard/require.ts";
import { callerBut, customerBut, decisionsOf } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const ROW = customerBut({}) as unknown as Row;

test("a data steward changes what the role may change", () => {
  expect(() => steward("phone", "fullName")).not.toThrow();
});

test.each([["idNumber"], ["legalHold"], ["purchaseTotal"]])(
  "a data steward who changes %s beside a phone is refused for that field",
  (field) => {
    expect(() => steward("phone", field)).toThrow(
      expect.objectContaining({ code: "FORBIDDEN", extras: { field } }),
    );
  },
);

test("a change of nothing is refused, since empty means nothing", () => {
  expect(() => steward()).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
});

test("who reads a field only in part can't change it, whatever else is given", () => {
  const capped = callerBut({
    name: "data-steward",
    purpose: "DATA_QUALITY",
    now: NOW,
    changes: { fieldCeiling: "PARTIAL" },
  });
  const decisions = decisionsOf(capped, NOW);
  expect(() => requireVerb({ decisions, verb: "update", row: ROW, fields: ["phone"] })).toThrow(
    expect.objectContaining({ code: "FORBIDDEN", extras: { field: "phone" } }),
  );
});

function steward(...fields: string[]): void {
  const caller = callerBut({ name: "data-steward", purpose: "DATA_QUALITY", now: NOW });
  requireVerb({ decisions: decisionsOf(caller, NOW), verb: "update", row: ROW, fields });
}
