package io.github.enterprisesso.scim.http;

/**
 * What a node keeps between requests. Nothing of it matters: a restarted node begins anew.
 *
 * @param requests of a token
 * @param failures of an address
 */
record NodeState(RateLimits requests, RateLimits failures) {

    NodeState() {
        this(new RateLimits(), new RateLimits());
    }
}
