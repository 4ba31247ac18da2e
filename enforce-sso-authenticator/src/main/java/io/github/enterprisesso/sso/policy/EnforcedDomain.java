package io.github.enterprisesso.sso.policy;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail domain whose people must use SSO. A subdomain is another domain.
 *
 * @param name in lower case, international names in their ASCII form; as it was written if it is no domain
 * @param providers aliases of the identity providers for it alone; absent means those that the policy allows, an empty list
 *     that none is left
 */
public record EnforcedDomain(String name, Optional<List<String>> providers) {

    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    public EnforcedDomain {
        name = normal(name);
        providers = providers.map(List::copyOf);
    }

    /** A domain for which the policy's allowed providers count. */
    public static EnforcedDomain of(String name) {
        return new EnforcedDomain(name, Optional.empty());
    }

    public static EnforcedDomain of(String name, List<String> providers) {
        return new EnforcedDomain(name, Optional.of(providers));
    }

    /** False if nobody can have an address of this domain. */
    public boolean valid() {
        return DOMAIN.matcher(name).matches();
    }

    /** Domain of an e-mail address, in the form of {@link #name}; empty if the text is no address. */
    public static Optional<String> ofAddress(String address) {
        int at = address == null ? -1 : address.lastIndexOf('@');
        return at < 1
                ? Optional.empty()
                : Optional.of(normal(address.substring(at + 1)))
                        .filter(name -> DOMAIN.matcher(name).matches());
    }

    private static String normal(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        try {
            return IDN.toASCII(plain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return plain;
        }
    }
}
