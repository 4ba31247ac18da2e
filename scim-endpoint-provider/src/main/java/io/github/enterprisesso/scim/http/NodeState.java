package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.inspector.RequestLog;
import io.github.enterprisesso.scim.protocol.Walks;

/**
 * What a node keeps between requests. Nothing of it matters: a restarted node begins anew.
 *
 * @param requests of a token
 * @param failures of an address
 * @param requestLog writes down behind the answers
 * @param walks of clients through lists
 */
record NodeState(RateLimits requests, RateLimits failures, RequestLog requestLog, Walks walks) {

    NodeState() {
        this(new RateLimits(), new RateLimits(), new RequestLog(), new Walks());
    }
}
