import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import {
  type Drawing,
  drawnNow,
  type KeptSample,
  keptSample,
  queryOf,
  readSize,
  treeSizeFor,
} from "./audit-sample.drawing.ts";
import { AuditDrawing, DrawAuditSampleInput } from "./audit-sample.inputs.ts";

@Resolver()
export class AuditSampleResolver {
  @Mutation(() => AuditDrawing, {
    description:
      "Draws records of an audit by chance and keeps how, by a member of its team. The same seed on the same records draws the same sample.",
  })
  async drawAuditSample(
    @Arg("input", () => DrawAuditSampleInput, {
      description: "Of what, how many, from which seed.",
    })
    input: DrawAuditSampleInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { caller, now, engagements, decisions } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    const { engagementId, of: population, seed } = input;
    const wanted = readSize(input.size);
    const asked = {
      engagementId,
      population,
      seed,
      wanted,
      query: queryOf(population, input.filter),
      treeSize: await treeSizeFor(population, context),
    };
    const drawing = await drawnNow(asked, { context, info });
    const id = await engagements.keepSample({
      ...asked,
      populationSize: drawing.populationSize,
      drawn: drawing.drawn,
      idDigest: drawing.idDigest,
      policyVersion: decisions.policyVersion,
      actor: caller,
      clientMutationId,
      now,
    });
    const kept = await keptSample(id, context);
    // Whoever sends a draw again is answered from the log as it was at the first one.
    const isOlder = kept.treeSize !== asked.treeSize;
    const drawn = isOlder ? await drawnNow(kept, { context, info }) : drawing;
    return { ...(await compared(id, { kept, drawing: drawn, context, info })), clientMutationId };
  }

  @Query(() => AuditDrawing, {
    nullable: true,
    description:
      "Draws a kept sample again, from what the caller sees now, and says whether it comes out the same; for the team, while the audit looks at records. NOT_FOUND for hidden and missing ones alike.",
  })
  async auditSample(
    @Arg("id", () => ID, { description: "Id of the sample." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const kept = await keptSample(id, context);
    const drawing = await drawnNow(kept, { context, info });
    return { ...(await compared(id, { kept, drawing, context, info })), clientMutationId: null };
  }
}

async function compared(
  id: string,
  asked: { kept: KeptSample; drawing: Drawing; context: RequestContext; info: GraphQLResolveInfo },
): Promise<object> {
  const { kept, drawing, context, info } = asked;
  const { catalog, rows } = context;
  const { idDigest, populationSize } = kept;
  const isSame = idDigest === drawing.idDigest && populationSize === drawing.populationSize;
  const selection = selectionOf({ catalog, type: "AuditSample", info, path: ["sample"] });
  return { ...drawing, isSame, sample: await rows.find("AuditSample", selection, id) };
}
