/**
 * What the four gates share: reading the realm's policy, gathering the evidence of a session, and what follows a refusal
 * (the event, and the session that must not stay).
 */
package io.github.enterprisesso.sso.gate;
