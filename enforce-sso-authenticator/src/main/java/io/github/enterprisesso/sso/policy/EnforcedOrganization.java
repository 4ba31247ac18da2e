package io.github.enterprisesso.sso.policy;

import java.util.List;

/**
 * An organization with a mode of its own.
 *
 * @param mode counts up to the mode of the realm: in a realm that reports, no organization refuses
 * @param providers aliases of its enabled identity providers; if there is none, only exempt members get in
 */
public record EnforcedOrganization(String alias, Mode mode, List<String> providers) {
    public EnforcedOrganization {
        providers = List.copyOf(providers);
    }
}
