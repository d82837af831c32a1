-- data-steward for DATA_QUALITY

-- data-subject for SELF_ACCESS

-- sales-analyst for ANALYTICS

-- data-steward for DATA_QUALITY

-- sales-analyst for ANALYTICS

-- data-steward for DATA_QUALITY

-- data-steward for DATA_QUALITY
