create or replace function customer_circumstances_body(c customer) returns text language sql stable as $$
  select jsonb_build_object(
    'id', c.id, 'controllerId', c.controller_id, 'formerControllerIds', c.former_controller_ids,
    'prospectiveControllerIds', c.prospective_controller_ids,
    'exportKey', c.jurisdiction || '/' || c.controller_id::text, 'province', c.province,
    'ageBand', c.age_band, 'guardianConsent', c.guardian_consent, 'minorApprovedIds', c.minor_approved_ids,
    'rightsRequestOpen', c.rights_request_open, 'basisPurposes', c.basis_purposes,
    'marketingAllowed', c.marketing_allowed, 'assignedAgentIds', c.assigned_agent_ids,
    'relatedPartyOf', c.related_party_of, 'originalPurposes', c.original_purposes,
    'caseCodes', c.case_codes, 'inTransfer', c.in_transfer, 'transferIds', c.transfer_ids, 'kind', c.kind,
    'state', c.state, 'jurisdiction', c.jurisdiction, 'legalHold', c.legal_hold, 'disputeOpen', c.dispute_open
  )::text
$$;

alter index customer_former reset (gin_pending_list_limit);
alter index customer_prospective reset (gin_pending_list_limit);
