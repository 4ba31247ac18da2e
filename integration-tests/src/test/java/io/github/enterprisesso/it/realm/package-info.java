/** Realms built in code: a tenant, the Okta org that it trusts, and a social login. */
package io.github.enterprisesso.it.realm;
