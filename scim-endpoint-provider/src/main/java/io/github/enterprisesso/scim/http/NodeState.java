package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.inspector.RequestLog;

/**
 * What a node keeps between requests. Nothing of it matters: a restarted node begins anew.
 *
 * @param requests of a token
 * @param failures of an address
 * @param requestLog writes down behind the answers
 */
record NodeState(RateLimits requests, RateLimits failures, RequestLog requestLog) {

    NodeState() {
        this(new RateLimits(), new RateLimits(), new RequestLog());
    }
}
