/** The `iss` of tokens for demo callers. A name, not an address: nobody fetches keys from it. */
export const DEVELOPMENT_ISSUER = "urn:custodia:development-issuer";

/** The `aud` of tokens for demo callers. */
export const DEVELOPMENT_AUDIENCE = "custodia";
