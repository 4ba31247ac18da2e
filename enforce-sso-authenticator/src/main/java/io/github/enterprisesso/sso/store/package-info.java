/** What the policy remembers of people, in a table of its own (prefix {@code SSO_}): the terms of their exemptions. */
package io.github.enterprisesso.sso.store;
