/**
 * The output gate of OpenID Connect: every token response of every grant passes here, whichever flow led to it. It is a
 * security boundary, together with the package {@code saml}.
 */
package io.github.enterprisesso.sso.token;
