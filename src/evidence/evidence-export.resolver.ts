import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import type { Row } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import { askedEvidence } from "./asked-evidence.ts";
import { EvidenceExport } from "./evidence-export.entity.ts";
import { ExportEvidenceInput, ExportEvidencePayload } from "./evidence-export.inputs.ts";
import {
  EvidenceExportConnection,
  EvidenceExportFilter,
  EvidenceExportOrder,
} from "./evidence-export.types.ts";

@Resolver(() => EvidenceExport)
export class EvidenceExportResolver {
  @Mutation(() => ExportEvidencePayload, {
    description:
      "Asks for evidence of an audit while it looks at records: those of its extent that the caller may read whole, as the log is now, with their proofs, the policies that decided and a signed manifest. The bundle is made meanwhile; it verifies offline. NOT_FOUND for hidden and missing audits alike.",
  })
  async exportEvidence(
    @Arg("input", () => ExportEvidenceInput, { description: "Of which audit, and what of it." })
    input: ExportEvidenceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, purpose, decisions, logProofs, evidence } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    const asked = await askedEvidence(input, context);
    const head = await logProofs.head();
    if (head === null) throw publicError("INVALID_STATE", { state: "NOTHING_SEALED" });
    const id = await evidence.ask({
      ...asked,
      engagementId: input.engagementId,
      actor: caller,
      purpose: purpose ?? "",
      policyVersion: decisions.policyVersion,
      treeSize: head.treeSize,
      checkpoint: head.note,
      clientMutationId,
      now,
    });
    const selection = selectionOf({ catalog, type: "EvidenceExport", info, path: ["export"] });
    return { export: await rows.find("EvidenceExport", selection, id), clientMutationId };
  }

  @Query(() => EvidenceExport, {
    nullable: true,
    description:
      "An export of evidence by id, with its progress. NOT_FOUND for hidden and missing ones alike.",
  })
  evidenceExport(
    @Arg("id", () => ID, { description: "Id of the export." }) id: string,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return rows.get("EvidenceExport", selectionOf({ catalog, type: "EvidenceExport", info }), id);
  }

  @Query(() => EvidenceExportConnection, {
    description: "The exports of evidence of the audits that the caller may see.",
  })
  async evidenceExports(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => EvidenceExportFilter, { nullable: true, description: "Which exports." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [EvidenceExportOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "EvidenceExport", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }
}
