/** Sessions that the policy would not accept if they were used now: how many there are, and their end. */
package io.github.enterprisesso.sso.sessions;
