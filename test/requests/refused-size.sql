-- cs-agent for SERVICE_DELIVERY

-- cs-agent for SERVICE_DELIVERY

-- cs-agent for SERVICE_DELIVERY
