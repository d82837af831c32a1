import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { readText } from "../graphql/read-text.ts";
import { AuditState } from "./audit.enums.ts";
import {
  AdvanceAuditInput,
  AuditPayload,
  AuditStepInput,
  CloseAuditInput,
} from "./audit.inputs.ts";
import type { AuditStep } from "./audit.rules.ts";

type AuditVerb = "openAudit" | "conductAudit" | "closeAudit";

@Resolver()
export class AuditStepsResolver {
  @Mutation(() => AuditPayload, {
    description:
      "Says, by a member of the team, that the member is independent of the audited. Once each, before the fieldwork.",
  })
  declareIndependence(
    @Arg("input", () => AuditStepInput, { description: "Which audit." }) input: AuditStepInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("conductAudit", { input, context, info }, () => ({ kind: "declare" }));
  }

  @Mutation(() => AuditPayload, {
    description:
      "Takes an audit to its next state. Fieldwork is begun by the audited, by somebody else than who planned it where the auditors are not their own (FOUR_EYES_REQUIRED), and once everybody is independent (INDEPENDENCE_NOT_DECLARED); all later states are the team's.",
  })
  advanceAudit(
    @Arg("input", () => AdvanceAuditInput, { description: "Which audit, and to which state." })
    input: AdvanceAuditInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { to } = input;
    if (to !== AuditState.FIELDWORK)
      return takeStep("conductAudit", { input, context, info }, () => ({ kind: "advance", to }));
    return takeStep("openAudit", { input, context, info }, () => {
      const terms = context.decisions.audits;
      if (terms === null) throw publicError("FORBIDDEN");
      return { kind: "open", terms };
    });
  }

  @Mutation(() => AuditPayload, {
    description:
      "Ends an audit early, by the audited: what it opened to its team is closed at once, on every node.",
  })
  closeAudit(
    @Arg("input", () => CloseAuditInput, { description: "Which audit, and why." })
    input: CloseAuditInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("closeAudit", { input, context, info }, () => ({
      kind: "close",
      reason: readText("reason", input.reason),
    }));
  }
}

/** Values are judged after permission: whoever may not take the step learns nothing about them. */
async function takeStep(
  verb: AuditVerb,
  asked: { input: AuditStepInput; context: RequestContext; info: GraphQLResolveInfo },
  step: () => AuditStep,
): Promise<unknown> {
  const { input, context, info } = asked;
  const { catalog, rows, caller, now, engagements } = context;
  const clientMutationId = readChangeName(input.clientMutationId);
  const judged = { shown: new Set<string>(), judged: new Set(["state"]) };
  const row = await rows.get("AuditEngagement", judged, input.id);
  context.require(verb, row, ["state"]);
  await engagements.take({
    id: row.id,
    expectedVersion: input.expectedVersion,
    actor: caller,
    step: step(),
    clientMutationId,
    now,
  });
  rows.forget();
  const selection = selectionOf({ catalog, type: "AuditEngagement", info, path: ["engagement"] });
  return { engagement: await rows.find("AuditEngagement", selection, input.id), clientMutationId };
}
