package io.github.enterprisesso.scim.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One attribute of a schema, RFC 7643 section 7: {@code string("userName", "…").required().unique().in(home)}. */
public final class Attribute {

    public enum Type {
        STRING("string"),
        BOOLEAN("boolean"),
        INTEGER("integer"),
        DECIMAL("decimal"),
        DATE_TIME("dateTime"),
        REFERENCE("reference"),
        COMPLEX("complex");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final String name;
    private final Type type;
    private final String description;
    private final List<Attribute> subAttributes;
    private final List<String> references;
    private boolean multiValued;
    private boolean required;
    private boolean unique;
    private boolean caseExact;
    private boolean common;
    private String mutability = "readWrite";
    private List<String> values = List.of();
    private List<String> otherNames = List.of();
    private Home home = new Home.Own();

    private Attribute(
            String name, Type type, String description, List<Attribute> subAttributes, List<String> references) {
        this.name = name;
        this.type = type;
        this.description = description;
        this.subAttributes = subAttributes;
        this.references = references;
    }

    public static Attribute of(String name, Type type, String description) {
        return new Attribute(name, type, description, List.of(), List.of());
    }

    public static Attribute string(String name, String description) {
        return of(name, Type.STRING, description);
    }

    public static Attribute bool(String name, String description) {
        return of(name, Type.BOOLEAN, description);
    }

    /** @param targets what it refers to: {@code User}, {@code Group}, {@code external} */
    public static Attribute reference(String name, String description, String... targets) {
        return new Attribute(name, Type.REFERENCE, description, List.of(), List.of(targets));
    }

    public static Attribute complex(String name, String description, Attribute... subAttributes) {
        return new Attribute(name, Type.COMPLEX, description, new ArrayList<>(List.of(subAttributes)), List.of());
    }

    public Attribute required() {
        required = true;
        return this;
    }

    public Attribute multiValued() {
        multiValued = true;
        return this;
    }

    public Attribute caseExact() {
        caseExact = true;
        return this;
    }

    public Attribute unique() {
        unique = true;
        return this;
    }

    /** Of every resource (RFC 7643 section 3.1): belongs to no schema, and stands in none. */
    public Attribute common() {
        common = true;
        return this;
    }

    /** {@code readOnly}, {@code immutable} or {@code writeOnly}; what is only written is never returned. */
    public Attribute mutability(String mutability) {
        this.mutability = mutability;
        return this;
    }

    public Attribute oneOf(List<String> values) {
        this.values = List.copyOf(values);
        return this;
    }

    /** A name by which the attribute is accepted as well. */
    public Attribute alsoCalled(String... names) {
        otherNames = List.of(names);
        return this;
    }

    public Attribute in(Home home) {
        this.home = home;
        return this;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public boolean isMultiValued() {
        return multiValued;
    }

    public boolean isCaseExact() {
        return caseExact;
    }

    public boolean isComplex() {
        return type == Type.COMPLEX;
    }

    public boolean isCommon() {
        return common;
    }

    public boolean isRequired() {
        return required;
    }

    public boolean isReadOnly() {
        return mutability.equals("readOnly");
    }

    public Home home() {
        return home;
    }

    public List<Attribute> subAttributes() {
        return subAttributes;
    }

    public Optional<Attribute> subAttribute(String sub) {
        return subAttributes.stream().filter(one -> one.is(sub)).findFirst();
    }

    /** Without case, as RFC 7643 section 2.1 has it. */
    public boolean is(String written) {
        return name.equalsIgnoreCase(written) || otherNames.stream().anyMatch(other -> other.equalsIgnoreCase(written));
    }

    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("type", type.toString());
        json.put("multiValued", multiValued);
        json.put("description", description);
        json.put("required", required);
        if (type == Type.STRING || type == Type.REFERENCE) {
            json.put("caseExact", caseExact);
        }
        json.put("mutability", mutability);
        json.put("returned", mutability.equals("writeOnly") ? "never" : "default");
        if (type != Type.BOOLEAN && !isComplex()) {
            json.put("uniqueness", unique ? "server" : "none");
        }
        if (!references.isEmpty()) {
            var types = json.putArray("referenceTypes");
            references.forEach(types::add);
        }
        if (!values.isEmpty()) {
            var list = json.putArray("canonicalValues");
            values.forEach(list::add);
        }
        if (isComplex()) {
            var list = json.putArray("subAttributes");
            subAttributes.forEach(sub -> list.add(sub.toJson()));
        }
        return json;
    }
}
