package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a user has beyond Keycloak's columns.
 *
 * @param own by attribute the values kept in SCIM_ATTRIBUTE, each a map of its sub-attributes; a value without any is
 *     {@code {"value":…}}
 * @param mapped by user attribute what the user profile keeps
 */
record UserAttributes(
        Catalogue catalogue, Map<String, List<Map<String, String>>> own, Map<String, List<String>> mapped) {

    /** What the validation {@code double} lets pass and JSON can write. */
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");

    /** Sub-attribute that stands for the value of an attribute that has no sub-attributes. */
    static final String VALUE = "value";

    UserAttributes(Catalogue catalogue) {
        this(catalogue, Map.of(), Map.of());
    }

    List<Map<String, String>> own(String attribute) {
        return own.getOrDefault(attribute, List.of());
    }

    List<String> mapped(String userAttribute) {
        return mapped.getOrDefault(userAttribute, List.of());
    }

    /** Adds every attribute that has a value, and the schema of each extension that has one. */
    void putInto(ObjectNode json) {
        for (Schema schema : catalogue.schemas()) {
            boolean core = schema.urn().equals(Urn.USER);
            ObjectNode home = core ? json : JsonNodeFactory.instance.objectNode();
            if (!core && json.get(schema.urn()) instanceof ObjectNode present) {
                home = present;
            }
            for (Attribute attribute : schema.attributes()) {
                put(home, attribute);
            }
            if (!core && !home.isEmpty() && !json.has(schema.urn())) {
                json.withArray("schemas").add(schema.urn());
                json.set(schema.urn(), home);
            }
        }
    }

    private void put(ObjectNode json, Attribute attribute) {
        if (attribute.name().equals(UserRecord.ROLE)) {
            return;
        }
        if (attribute.isComplex() && !attribute.isMultiValued()) {
            ObjectNode complex = json.get(attribute.name()) instanceof ObjectNode present
                    ? present
                    : JsonNodeFactory.instance.objectNode();
            List<Map<String, String>> values = own(attribute.name());
            for (Attribute sub : attribute.subAttributes()) {
                String value = sub.home() instanceof Home.Profile profile
                        ? first(mapped(profile.userAttribute()))
                        : values.isEmpty() ? null : values.get(0).get(sub.name());
                put(complex, sub, value);
            }
            if (!complex.isEmpty()) {
                json.set(attribute.name(), complex);
            }
        } else if (attribute.isMultiValued() && attribute.isComplex()) {
            ArrayNode list = json.get(attribute.name()) instanceof ArrayNode present ? present : json.arrayNode();
            for (Map<String, String> value : own(attribute.name())) {
                ObjectNode element = list.addObject();
                attribute.subAttributes().forEach(sub -> put(element, sub, value.get(sub.name())));
            }
            if (!list.isEmpty()) {
                json.set(attribute.name(), list);
            }
        } else if (attribute.home() instanceof Home.Profile profile) {
            putMapped(json, attribute, mapped(profile.userAttribute()));
        } else if (attribute.home() instanceof Home.Own
                && !own(attribute.name()).isEmpty()) {
            put(json, attribute, own(attribute.name()).get(0).get(VALUE));
        }
    }

    private static void putMapped(ObjectNode json, Attribute attribute, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        if (!attribute.isMultiValued()) {
            put(json, attribute, first(values));
            return;
        }
        ArrayNode list = json.putArray(attribute.name());
        for (String value : values) {
            ObjectNode typed = JsonNodeFactory.instance.objectNode();
            put(typed, attribute, value);
            list.addAll(typed.properties().stream().map(Map.Entry::getValue).toList());
        }
    }

    private static void put(ObjectNode json, Attribute attribute, String value) {
        if (value == null) {
            return;
        }
        if (attribute.type() == Type.BOOLEAN) {
            json.put(attribute.name(), Boolean.parseBoolean(value));
        } else if (attribute.type() == Type.INTEGER && value.matches("-?\\d{1,18}")) {
            json.put(attribute.name(), Long.parseLong(value));
        } else if (attribute.type() == Type.DECIMAL && DECIMAL.matcher(value).matches()) {
            json.put(attribute.name(), new BigDecimal(value));
        } else {
            json.put(attribute.name(), value);
        }
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }
}
