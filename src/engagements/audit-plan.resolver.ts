import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { auditedOrganisations, auditedTransfers, auditTeam } from "./audit-plan.ts";
import { AuditPayload, PlanAuditInput } from "./audit.inputs.ts";
import { readCode, readCriteria, readPeriod } from "./audit.validation.ts";

@Resolver()
export class AuditPlanResolver {
  @Mutation(() => AuditPayload, {
    description:
      "Plans an audit of organisations for which the caller works. AUDITOR_ROTATION where the firm has audited one of them too often in a row.",
  })
  async planAudit(
    @Arg("input", () => PlanAuditInput, { description: "What is audited, and by whom." })
    input: PlanAuditInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, purpose, engagements, decisions } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    if (purpose === null) throw publicError("PURPOSE_REQUIRED");
    const terms = decisions.audits;
    if (terms === null || !decisions.mayEver("planAudit", "AuditEngagement"))
      throw publicError("FORBIDDEN");
    const [periodFrom, periodTo] = readPeriod(input);
    const organisationIds = await auditedOrganisations(input.organisations, context);
    const id = await engagements.plan({
      organisationId: caller.organisationId,
      code: readCode(input.code),
      kind: input.kind,
      organisationIds,
      limitedToTransfers: input.limitedToTransfers,
      transferIds: await auditedTransfers(input, { organisationIds, context }),
      periodFrom,
      periodTo,
      criteria: readCriteria(input.criteria),
      ...(await auditTeam(input, { organisationIds, context })),
      actor: caller,
      terms,
      clientMutationId,
      now,
    });
    const selection = selectionOf({ catalog, type: "AuditEngagement", info, path: ["engagement"] });
    return { engagement: await rows.find("AuditEngagement", selection, id), clientMutationId };
  }
}
