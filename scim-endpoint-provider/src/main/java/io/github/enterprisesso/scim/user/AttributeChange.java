package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Schema;
import io.github.enterprisesso.scim.store.ScimAttributeEntity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request changes of the attributes that the catalogue keeps outside Keycloak's columns; what it leaves alone or
 * sets to what is there already is not in it.
 *
 * @param own by attribute; an empty list removes
 * @param mapped by user attribute of the user profile; an empty list removes
 */
record AttributeChange(Map<String, List<Map<String, String>>> own, Map<String, List<String>> mapped) {

    /** Values of one attribute: a person has a handful. */
    static final int MAX_VALUES = 100;

    private static final Set<String> ABOUT_A_VALUE = Set.of("type", "primary");

    /**
     * @param shownName what name.formatted shows without having been set: a client that echoes it sets nothing
     * @param keptEmail the element of emails that goes to Keycloak, by identity
     */
    static AttributeChange read(ResourceBody body, UserAttributes current, String shownName, JsonNode keptEmail) {
        AttributeChange change = new AttributeChange(new LinkedHashMap<>(), new LinkedHashMap<>());
        Catalogue catalogue = current.catalogue();
        for (Schema schema : catalogue.schemas()) {
            for (Attribute attribute : schema.attributes()) {
                if (attribute.isReadOnly() || attribute.name().equals(UserRecord.ROLE)) {
                    continue;
                }
                if (attribute.is("name")) {
                    change.readName(body, attribute, current, shownName);
                } else {
                    for (JsonNode value : given(body, schema, attribute)) {
                        change.read(value, attribute, current, keptEmail);
                    }
                }
            }
        }
        return change;
    }

    boolean isEmpty() {
        return own.isEmpty() && mapped.isEmpty();
    }

    /** More than one where the body has the attribute under several names: what it echoes changes nothing. */
    private static List<JsonNode> given(ResourceBody body, Schema schema, Attribute attribute) {
        if (schema.isCalled(Urn.USER)) {
            Given<JsonNode> given = body.attribute(attribute.name(), Urn.USER);
            return given.mentioned() ? List.of(given.value()) : List.of();
        }
        return body.candidates(schema.names(), List.of(attribute.name()));
    }

    private void read(JsonNode given, Attribute attribute, UserAttributes current, JsonNode keptEmail) {
        if (attribute.home() instanceof Home.Profile profile) {
            changeMapped(profile, texts(attribute, given), current);
        } else if (attribute.home() instanceof Home.Own || attribute.home() instanceof Home.Split) {
            changeOwn(
                    attribute.name(),
                    values(attribute, given, attribute.home() instanceof Home.Split ? keptEmail : null),
                    current);
            if (attribute.isComplex() && !attribute.isMultiValued()) {
                changeMappedParts(attribute, given, current);
            }
        }
    }

    private void changeMappedParts(Attribute complex, JsonNode value, UserAttributes current) {
        for (Attribute sub : complex.subAttributes()) {
            if (sub.home() instanceof Home.Profile profile && !sub.isReadOnly()) {
                JsonNode part = part(value, sub.name());
                changeMapped(profile, texts(sub, part), current);
            }
        }
    }

    private static JsonNode part(JsonNode value, String sub) {
        if (value != null && value.isObject()) {
            return Attributes.find(value, sub);
        }
        return sub.equals(UserAttributes.VALUE) ? value : null;
    }

    private void readName(ResourceBody body, Attribute name, UserAttributes current, String shownName) {
        Map<String, String> parts = new LinkedHashMap<>();
        current.own("name").forEach(parts::putAll);
        for (Attribute sub : name.subAttributes()) {
            Given<JsonNode> given = body.subAttribute("name", sub.name(), Urn.USER);
            if (!given.mentioned() || sub.isReadOnly()) {
                continue;
            }
            if (sub.home() instanceof Home.Profile profile) {
                changeMapped(profile, texts(sub, given.value()), current);
            } else if (sub.home() instanceof Home.Own) {
                String text = text("name." + sub.name(), sub, given.value());
                boolean echoed = sub.is("formatted")
                        && !parts.containsKey("formatted")
                        && text != null
                        && text.equals(shownName);
                if (text == null) {
                    parts.remove(sub.name());
                } else if (!echoed) {
                    parts.put(sub.name(), text);
                }
            }
        }
        changeOwn("name", parts.isEmpty() ? List.of() : List.of(parts), current);
    }

    private void changeOwn(String attribute, List<Map<String, String>> wanted, UserAttributes current) {
        if (!wanted.equals(current.own(attribute))) {
            own.put(attribute, wanted);
        }
    }

    /** The user profile keeps values without an order. */
    private void changeMapped(Home.Profile profile, List<String> wanted, UserAttributes current) {
        List<String> present = current.mapped(profile.userAttribute());
        if (wanted.size() != present.size() || !wanted.containsAll(present) || !present.containsAll(wanted)) {
            mapped.put(profile.userAttribute(), wanted);
        }
    }

    private static List<String> texts(Attribute attribute, JsonNode value) {
        List<String> texts = ResourceBody.texts(attribute.name(), value);
        limit(attribute.name(), texts.size());
        List<String> distinct = texts.stream().distinct().toList();
        requireOneIfSingle(attribute, distinct.size());
        return distinct;
    }

    private static List<Map<String, String>> values(Attribute attribute, JsonNode given, JsonNode keptEmail) {
        if (given == null || given.isNull()) {
            return List.of();
        }
        Set<Map<String, String>> values = new LinkedHashSet<>();
        int primaries = 0;
        for (JsonNode element : given.isArray() ? given : List.of(given)) {
            Map<String, String> value = value(attribute, element);
            if ("true".equals(value.get("primary")) && ++primaries > 1) {
                throw ScimException.invalidValue(attribute.name() + ".primary", "one value can be the primary one");
            }
            if (element == keptEmail) {
                continue;
            }
            if (keptEmail != null) {
                // There is one primary address, and it is the one that Keycloak keeps.
                value.remove("primary", "true");
            }
            if (!ABOUT_A_VALUE.containsAll(value.keySet())) {
                values.add(value);
            }
        }
        limit(attribute.name(), values.size());
        requireOneIfSingle(attribute, values.size());
        return new ArrayList<>(values);
    }

    private static Map<String, String> value(Attribute attribute, JsonNode element) {
        Map<String, String> value = new LinkedHashMap<>();
        if (!attribute.isComplex()) {
            put(value, UserAttributes.VALUE, text(attribute.name(), attribute, element));
            return value;
        }
        if (!element.isObject()
                && attribute.subAttribute(UserAttributes.VALUE).isEmpty()
                && ResourceBody.text(attribute.name(), element) != null) {
            throw ScimException.invalidValue(attribute.name(), "an object is expected");
        }
        for (Attribute sub : attribute.subAttributes()) {
            if (sub.home() instanceof Home.Own) {
                put(value, sub.name(), text(attribute.name() + "." + sub.name(), sub, part(element, sub.name())));
            }
        }
        return value;
    }

    private static void put(Map<String, String> value, String sub, String text) {
        if (text != null) {
            value.put(sub, text);
        }
    }

    private static String text(String path, Attribute attribute, JsonNode given) {
        if (attribute.type() == Type.BOOLEAN) {
            Boolean bool = ResourceBody.bool(path, given);
            return bool == null ? null : bool.toString();
        }
        String text = ResourceBody.text(path, given);
        if (text != null && text.length() > ScimAttributeEntity.MAX_LENGTH) {
            throw ScimException.invalidValue(
                    path, "at most " + ScimAttributeEntity.MAX_LENGTH + " characters are allowed");
        }
        return text;
    }

    private static void requireOneIfSingle(Attribute attribute, int values) {
        if (!attribute.isMultiValued() && values > 1) {
            throw ScimException.invalidValue(attribute.name(), "a single value is expected");
        }
    }

    private static void limit(String attribute, int values) {
        if (values > MAX_VALUES) {
            throw ScimException.invalidValue(attribute, "at most " + MAX_VALUES + " values are allowed");
        }
    }
}
