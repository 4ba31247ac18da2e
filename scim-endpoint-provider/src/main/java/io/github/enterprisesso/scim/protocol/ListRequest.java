package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a client asks of a list, by query parameters (RFC 7644 section 3.4.2) or by the body of a POST to {@code .search}
 * (section 3.4.3), each with the cursor of RFC 9865.
 *
 * @param filter null: all
 */
public record ListRequest(Filter filter, Sorting sorting, Paging paging, AttributeSelection selection) {

    /** @param parameter null for one that is not given */
    public static ListRequest of(UnaryOperator<String> parameter) {
        return new ListRequest(
                filter(parameter.apply("filter")),
                Sorting.of(parameter.apply("sortBy"), parameter.apply("sortOrder")),
                Paging.of(parameter.apply("startIndex"), parameter.apply("count"), parameter.apply("cursor")),
                AttributeSelection.of(parameter.apply("attributes"), parameter.apply("excludedAttributes")));
    }

    /** {@code {"schemas":["…:SearchRequest"],"attributes":["userName"],"filter":"…","startIndex":1,"count":10}} */
    public static ListRequest of(ResourceBody body) {
        return new ListRequest(
                filter(text(body, "filter")),
                Sorting.of(text(body, "sortBy"), text(body, "sortOrder")),
                Paging.of(text(body, "startIndex"), text(body, "count"), cursor(body)),
                AttributeSelection.of(list(body, "attributes"), list(body, "excludedAttributes")));
    }

    private static String text(ResourceBody body, String name) {
        return ResourceBody.text(name, Attributes.find(body.json(), name));
    }

    /** An empty one asks for the first page; null is none. */
    private static String cursor(ResourceBody body) {
        JsonNode value = Attributes.find(body.json(), "cursor");
        String text = ResourceBody.text("cursor", value);
        return text == null && value != null && value.isTextual() ? "" : text;
    }

    /** A list of names, or one string of them as in a query. */
    private static List<String> list(ResourceBody body, String name) {
        JsonNode value = Attributes.find(body.json(), name);
        List<String> names = new ArrayList<>();
        ResourceBody.texts(name, value).forEach(text -> names.addAll(List.of(text.split(","))));
        return names;
    }

    private static Filter filter(String text) {
        if (text == null) {
            return null;
        }
        try {
            return Filter.parse(text);
        } catch (FilterSyntaxException e) {
            throw ScimException.invalidFilter(text, e.getMessage());
        }
    }
}
