/**
 * Exemptions: the exempt role of a person together with its terms (reason, owner, end). The role alone exempts without terms;
 * terms that have ended exempt nobody, whatever roles he holds.
 */
package io.github.enterprisesso.sso.exemption;
