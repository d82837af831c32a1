import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DecisionFilter } from "../decisions/decision.inputs.ts";
import { EvidenceExport } from "./evidence-export.entity.ts";

@InputType({ description: "Evidence that is asked for." })
export class ExportEvidenceInput {
  @Field(() => ID, {
    description: "Id of the audit; what does not belong to it is not in the bundle.",
  })
  engagementId: string;

  @Field(() => DecisionFilter, {
    nullable: true,
    description: "Which records among those of the audit; all of them when left out.",
  })
  filter?: DecisionFilter | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of this request; the same name again, by the same caller, asks for nothing more.",
  })
  clientMutationId?: string | null;
}

@ObjectType({ description: "What came of asking for evidence." })
export class ExportEvidencePayload {
  @Field(() => EvidenceExport, {
    nullable: true,
    description: "The export. Its bundle is at /audit/evidence/<id> once it is READY.",
  })
  export: EvidenceExport | null;

  @Field(() => String, { nullable: true, description: "Name of the request, as it was given." })
  clientMutationId: string | null;
}
