/**
 * The two gates that people see: the authenticator for flows (early, clear answers; binding it is opt-in) and the
 * required action that looks at every interactive login whatever flow it came through, with the page that explains the
 * refusal and leads to the identity provider. Neither is the security boundary: that is the output gate of the packages
 * {@code token} and {@code saml}.
 */
package io.github.enterprisesso.sso.login;
