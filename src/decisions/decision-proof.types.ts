import { Field, ObjectType } from "type-graphql";
import { Place, Timestamp } from "../classification/scalars.ts";
import { declarePlain } from "../graphql/plain-types.ts";

@ObjectType({ description: "A signed head of the tree." })
export class LogCheckpoint {
  @Field(() => Place, { description: "Records in the tree." })
  treeSize: number;

  @Field(() => String, { description: "Root of the tree (SHA-256, base64)." })
  root: string;

  @Field(() => Timestamp, { description: "When it was signed." })
  sealedAt: Date;

  @Field(() => String, {
    description: "The checkpoint as a signed note (C2SP tlog-checkpoint), cosignatures included.",
  })
  note: string;
}
declarePlain("LogCheckpoint");

@ObjectType({ description: "Proof that a record is in the log." })
export class DecisionProof {
  @Field(() => Place, { description: "Place of the record in the tree, counted from 0." })
  treeIndex: number;

  @Field(() => String, {
    description:
      "Hash of the leaf: SHA-256 of a zero byte and the record (base64, RFC 9162 2.1.1).",
  })
  leafHash: string;

  @Field(() => LogCheckpoint, { description: "The head in whose tree it is." })
  checkpoint: LogCheckpoint;

  @Field(() => [String], {
    description: "Hashes of siblings from the leaf upwards (base64, RFC 9162 2.1.3).",
  })
  hashes: string[];

  @Field(() => String, {
    description:
      "All of it in one file (C2SP tlog-proof): with the record and the keys of the log it verifies offline.",
  })
  file: string;
}
declarePlain("DecisionProof");

@ObjectType({ description: "Proof that one tree grew into another, and lost nothing." })
export class LogConsistency {
  @Field(() => Place, { description: "Records in the smaller tree." })
  from: number;

  @Field(() => Place, { description: "Records in the larger tree." })
  to: number;

  @Field(() => [String], { description: "Hashes of the proof (base64, RFC 9162 2.1.4)." })
  hashes: string[];
}
declarePlain("LogConsistency");

@ObjectType({ description: "A key that signs, or signed, heads of the tree." })
export class LogVerifierKey {
  @Field(() => String, { description: "Verifier key (C2SP): name, key id and public key." })
  verifierKey: string;

  @Field(() => String, { description: "LOG or WITNESS." })
  kind: string;

  @Field(() => Timestamp, { description: "First instant at which it signs." })
  validFrom: Date;

  @Field(() => Timestamp, {
    nullable: true,
    description: "First instant at which it no longer signs; null while it does.",
  })
  validTo: Date | null;
}
declarePlain("LogVerifierKey");
