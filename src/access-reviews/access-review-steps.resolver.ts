import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { readText } from "../graphql/read-text.ts";
import {
  AccessReviewPayload,
  CloseAccessReviewInput,
  DecideAccessInput,
  DecideAccessPayload,
  NoticedGrant,
  OpenAccessReviewInput,
} from "./access-review.inputs.ts";
import type { JudgedGrant, ReviewConditions } from "./access-review.rules.ts";

/** Every role of an organisation is read and judged. */
const COST = 1_000;

@Resolver()
export class AccessReviewStepsResolver {
  @Mutation(() => AccessReviewPayload, {
    description:
      "Opens a review of every role in the caller's organisation, of those who come from outside for it alone, and of systems; one at a time for the same roles.",
  })
  async openAccessReview(
    @Arg("input", () => OpenAccessReviewInput, { description: "About which roles." })
    input: OpenAccessReviewInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, accessReviews } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    const conditions = conditionsFor(context);
    const role = input.role ?? null;
    if (role !== null && (!context.isRole(role) || conditions.exceptRoles.includes(role)))
      throw publicError("VALIDATION_FAILED", { field: "role", fault: "unknown" });
    const { organisationId } = caller;
    const asked = { organisationId, role, conditions, actor: caller, clientMutationId, now };
    const id = await accessReviews.open(asked);
    const selection = selectionOf({ catalog, type: "AccessReview", info, path: ["review"] });
    return { review: await rows.find("AccessReview", selection, id), clientMutationId };
  }

  @Mutation(() => DecideAccessPayload, {
    description:
      "Keeps a role, or ends it at once and on every node. FOUR_EYES_REQUIRED for the own one.",
  })
  async decideAccess(
    @Arg("input", () => DecideAccessInput, { description: "About which role, and what." })
    input: DecideAccessInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, accessReviews } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    const judged = { shown: new Set<string>(), judged: new Set(["outcome"]) };
    const row = await rows.get("AccessReviewItem", judged, input.id);
    context.require("reviewAccess", row, ["outcome"]);
    await accessReviews.decide({
      id: row.id,
      expectedVersion: input.expectedVersion,
      decided: {
        outcome: input.decision,
        note: input.note == null ? null : readText("note", input.note),
      },
      actor: caller,
      clientMutationId,
      now,
    });
    rows.forget();
    const selection = selectionOf({ catalog, type: "AccessReviewItem", info, path: ["item"] });
    return { item: await rows.find("AccessReviewItem", selection, input.id), clientMutationId };
  }

  @Mutation(() => AccessReviewPayload, {
    description: "Closes a review; INVALID_STATE while something of it is undecided.",
  })
  async closeAccessReview(
    @Arg("input", () => CloseAccessReviewInput, { description: "Which review." })
    input: CloseAccessReviewInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, accessReviews } = context;
    const { expectedVersion } = input;
    const clientMutationId = readChangeName(input.clientMutationId);
    const judged = { shown: new Set<string>(), judged: new Set(["state"]) };
    const row = await rows.get("AccessReview", judged, input.id);
    context.require("reviewAccess", row, ["state"]);
    const { id } = row;
    await accessReviews.close({ id, expectedVersion, actor: caller, clientMutationId, now });
    rows.forget();
    const selection = selectionOf({ catalog, type: "AccessReview", info, path: ["review"] });
    return { review: await rows.find("AccessReview", selection, input.id), clientMutationId };
  }

  @Query(() => [NoticedGrant], {
    complexity: COST,
    description: "Roles in the caller's organisation that nobody has used for long; for reviewers.",
  })
  async dormantGrants(@Ctx() context: RequestContext): Promise<readonly JudgedGrant[]> {
    return (await grantsNow(context)).filter(({ dormant }) => dormant);
  }

  @Query(() => [NoticedGrant], {
    complexity: COST,
    description:
      "Roles in the caller's organisation that one person should not have together; for reviewers.",
  })
  async toxicPairs(@Ctx() context: RequestContext): Promise<readonly JudgedGrant[]> {
    return (await grantsNow(context)).filter(({ toxicPairs }) => toxicPairs.length > 0);
  }
}

function grantsNow(context: RequestContext): Promise<readonly JudgedGrant[]> {
  const conditions = conditionsFor(context);
  const { accessReviews, caller, now } = context;
  return accessReviews.grantsOf({ organisationId: caller.organisationId, conditions, now });
}

/** @throws PURPOSE_REQUIRED, FORBIDDEN for whoever reviews no roles */
function conditionsFor({ decisions, purpose, reviewConditions }: RequestContext): ReviewConditions {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const conditions = reviewConditions();
  if (conditions === null || !decisions.mayEver("reviewAccess", "AccessReview"))
    throw publicError("FORBIDDEN");
  return conditions;
}
