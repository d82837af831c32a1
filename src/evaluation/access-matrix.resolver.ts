import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { TypeDefinition } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { seesNoRow } from "../graphql/expected-access.ts";
import type { Caller } from "../identity/caller.ts";
import type { Decisions } from "../policy/decisions.ts";
import { askedType } from "./asked-type.ts";
import { AccessMatrix, type AccessMatrixCell } from "./reach.types.ts";

/** Stands for the ids of a caller who is nobody in particular; compared with rows only. */
const ANYBODY = "00000000-0000-7000-8000-000000000000";

/** Plans for every role are compiled. */
const COST = 5_000;

@Resolver()
export class AccessMatrixResolver {
  @Query(() => AccessMatrix, {
    complexity: COST,
    description:
      "For auditors: what each role is given of each field at most, before the row or the caller's situation takes anything away.",
  })
  accessMatrix(
    @Arg("purpose", () => String, { description: "The purpose." })
    purpose: string,
    @Arg("type", () => String, {
      defaultValue: "Customer",
      description: "Name of a guarded type.",
    })
    name: string,
    @Ctx() context: RequestContext,
  ): AccessMatrix {
    const type = askedType({ context, name, argument: "type" });
    const { policy } = context.decisions.bound;
    if (!policy.purposes.has(purpose)) throw publicError("BAD_USER_INPUT", { field: "purpose" });
    const roles = [...policy.roles.values()].map(({ role, about }) => {
      const caller = anyoneInRole({ role, purpose, type, now: context.now });
      const decisions = context.decisionsFor(caller, context.now);
      const visible = !seesNoRow(decisions, type.name);
      return { role, about, visible, fields: cellsOf({ decisions, type, visible }) };
    });
    return { policyVersion: policy.version, purpose, type: type.name, roles };
  }
}

function cellsOf({
  decisions,
  type,
  visible,
}: {
  decisions: Decisions;
  type: TypeDefinition;
  visible: boolean;
}): AccessMatrixCell[] {
  return [...decisions.planOf(type.name).values()].map(({ field, best, possible }) => ({
    field: field.name,
    category: field.category,
    disclosure: visible ? best.disclosure : "NONE",
    variesByRow: visible && possible.size > 1,
    reason: visible ? best.reason : "OUT_OF_SCOPE",
  }));
}

/** A caller of one role whose own situation stops nothing: trained, cleared, at work, with a second factor, no ceiling. */
function anyoneInRole({
  role,
  purpose,
  type,
  now,
}: {
  role: string;
  purpose: string;
  type: TypeDefinition;
  now: Date;
}): Caller {
  return {
    id: ANYBODY,
    // What a system's token lacks is its situation, and stops about scopes are about systems alone.
    kind: "PERSON",
    name: "",
    organisationId: ANYBODY,
    organisationCode: "",
    organisationIsFinancial: true,
    organisationIsOperator: true,
    servedOrganisationIds: [ANYBODY],
    roles: [role],
    purposes: [purpose],
    purpose,
    scopes: [],
    fieldCeiling: null,
    mfa: true,
    authenticatedAt: now,
    trainingValidUntil: now,
    clearance: "PRIVATE",
    withinWorkingHours: true,
    customerId: ANYBODY,
    caseCodes: [ANYBODY],
    location: null,
    // Somebody abroad with one mechanism: what the border takes away is a matter of the row.
    exportKeys: [ANYBODY],
    elevations: [],
    disclosureCases: [
      {
        code: ANYBODY,
        fields: [...type.fields.keys()],
        jurisdiction: "CN",
        approvalRef: null,
        state: "APPROVED",
      },
    ],
    engagements: [
      {
        id: ANYBODY,
        code: ANYBODY,
        state: "FIELDWORK",
        organisationIds: [ANYBODY],
        transferIds: [],
        limitedToTransfers: false,
        from: "0001-01-01",
        to: "9999-12-31",
      },
    ],
    tokenId: "",
  };
}
