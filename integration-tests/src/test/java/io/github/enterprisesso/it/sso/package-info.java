/** Enforce SSO from outside: every route to a session or a token, the page, the modes, and the admin resource. */
package io.github.enterprisesso.it.sso;
