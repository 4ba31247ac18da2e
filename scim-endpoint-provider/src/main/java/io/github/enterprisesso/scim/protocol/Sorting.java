package io.github.enterprisesso.scim.protocol;

import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.FilterSyntaxException;
import java.util.Locale;

/**
 * {@code sortBy} and {@code sortOrder} of RFC 7644 section 3.4.2.3.
 *
 * @param by null: the order of the service
 */
public record Sorting(AttributePath by, boolean descending) {

    public static final Sorting DEFAULT = new Sorting(null, false);

    /** Reads the two query parameters; either may be null. */
    public static Sorting of(String sortBy, String sortOrder) {
        boolean descending =
                switch (sortOrder == null ? "" : sortOrder.trim().toLowerCase(Locale.ROOT)) {
                    case "", "ascending" -> false;
                    case "descending" -> true;
                    default ->
                        throw ScimException.invalidValue(
                                "sortOrder", "'" + sortOrder + "' is neither ascending nor descending");
                };
        if (sortBy == null || sortBy.isBlank()) {
            return new Sorting(null, descending);
        }
        try {
            return new Sorting(AttributePath.parse(sortBy.trim()), descending);
        } catch (FilterSyntaxException e) {
            throw ScimException.invalidValue("sortBy", e.getMessage());
        }
    }
}
