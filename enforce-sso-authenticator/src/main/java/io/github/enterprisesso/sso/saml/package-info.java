/**
 * The output gate of SAML: every assertion passes here before it is signed and sent. It is a security boundary, together
 * with the package {@code token}.
 */
package io.github.enterprisesso.sso.saml;
