import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { readText } from "../graphql/read-text.ts";
import {
  ElevationPayload,
  ElevationStepInput,
  RejectElevationInput,
  ReviewElevationInput,
} from "./elevation.inputs.ts";
import type { ElevationStep } from "./elevation.rules.ts";

type StepVerb = "approveElevation" | "endElevation" | "reviewElevation";

@Resolver()
export class ElevationStepsResolver {
  @Mutation(() => ElevationPayload, {
    description:
      "Opens the fields, from now on and until the minutes are over. FOUR_EYES_REQUIRED for the own request.",
  })
  approveElevation(
    @Arg("input", () => ElevationStepInput, { description: "Which elevation." })
    input: ElevationStepInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("approveElevation", { input, context, info }, () => {
      const terms = context.decisions.elevations;
      if (terms === null) throw publicError("FORBIDDEN");
      return { kind: "approve", terms };
    });
  }

  @Mutation(() => ElevationPayload, {
    description: "Refuses a request, with a reason. FOUR_EYES_REQUIRED for the own one.",
  })
  rejectElevation(
    @Arg("input", () => RejectElevationInput, { description: "Which elevation, and why." })
    input: RejectElevationInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("approveElevation", { input, context, info }, () => ({
      kind: "reject",
      note: readText("reason", input.reason),
    }));
  }

  @Mutation(() => ElevationPayload, {
    description: "Closes the fields at once; for who asked and who approved.",
  })
  endElevation(
    @Arg("input", () => ElevationStepInput, { description: "Which elevation." })
    input: ElevationStepInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("endElevation", { input, context, info }, () => ({ kind: "end" }));
  }

  @Mutation(() => ElevationPayload, {
    description:
      "Says whether it was needed, once it has ended; for somebody who neither asked nor approved, others are answered FOUR_EYES_REQUIRED.",
  })
  reviewElevation(
    @Arg("input", () => ReviewElevationInput, { description: "Which elevation, and the finding." })
    input: ReviewElevationInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return takeStep("reviewElevation", { input, context, info }, () => ({
      kind: "review",
      outcome: input.outcome,
      note: readText("note", input.note),
    }));
  }
}

/** Values are judged after permission: whoever may not take the step learns nothing about them. */
async function takeStep(
  verb: StepVerb,
  asked: { input: ElevationStepInput; context: RequestContext; info: GraphQLResolveInfo },
  step: () => ElevationStep,
): Promise<unknown> {
  const { input, context, info } = asked;
  const { catalog, rows, caller, now, elevations } = context;
  const clientMutationId = readChangeName(input.clientMutationId);
  const judged = { shown: new Set(["customer"]), judged: new Set(["state"]) };
  const row = await rows.get("Elevation", judged, input.id);
  context.require(verb, row, ["state"]);
  await elevations.take({
    customerId: String(row["customer"]),
    id: row.id,
    expectedVersion: input.expectedVersion,
    actor: caller,
    step: step(),
    clientMutationId,
    now,
  });
  rows.forget();
  const selection = selectionOf({ catalog, type: "Elevation", info, path: ["elevation"] });
  return { elevation: await rows.find("Elevation", selection, input.id), clientMutationId };
}
