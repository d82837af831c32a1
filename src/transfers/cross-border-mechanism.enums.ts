import { registerEnumType } from "type-graphql";

/** Kind of mechanism by which data crosses a border (PIPL Art. 38, GDPR Arts. 45 to 49). */
export enum MechanismKind {
  SECURITY_ASSESSMENT = "SECURITY_ASSESSMENT",
  STANDARD_CONTRACT = "STANDARD_CONTRACT",
  CERTIFICATION = "CERTIFICATION",
  SCC = "SCC",
  ADEQUACY = "ADEQUACY",
  BCR = "BCR",
  DEROGATION = "DEROGATION",
  EXEMPTION = "EXEMPTION",
}

registerEnumType(MechanismKind, {
  name: "MechanismKind",
  description: "Kind of mechanism by which data crosses a border.",
  valuesConfig: {
    SECURITY_ASSESSMENT: { description: "Assessed by the CAC (PIPL Art. 38(1))." },
    STANDARD_CONTRACT: { description: "Contract in the form that an authority gives." },
    CERTIFICATION: { description: "Certified by a body that may (PIPL Art. 38(2))." },
    SCC: { description: "Standard contractual clauses (GDPR Art. 46(2)(c))." },
    ADEQUACY: { description: "The place was found adequate (GDPR Art. 45)." },
    BCR: { description: "Binding corporate rules (GDPR Art. 47)." },
    DEROGATION: { description: "A derogation for a single case (GDPR Art. 49)." },
    EXEMPTION: { description: "The law asks for none here, and a record says why." },
  },
});
