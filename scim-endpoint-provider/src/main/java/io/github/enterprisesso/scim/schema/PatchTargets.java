package io.github.enterprisesso.scim.schema;

import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.PatchOperation.Op;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the operations of a PATCH are about. A path that the client wrote must exist and be writable (RFC 7644 section 3.5.2:
 * {@code invalidPath}, {@code mutability}); what merely stands in an object of attributes is passed over like in a PUT.
 *
 * @param notKept attributes of the resource's own schema, in lower case, that are accepted and not stored
 */
public record PatchTargets(String resource, Catalogue catalogue, Set<String> notKept) {

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas");

    /** Sub-attributes of RFC 7643 section 2.4 that are accepted everywhere and not stored. */
    private static final Set<String> PARTS_NOT_KEPT = Set.of("$ref", "display");

    private static final Set<Operator> OF_BOOLEANS = Set.of(Operator.EQ, Operator.NE, Operator.PR);

    /** The operations that have something to do, each with the names that the catalogue has for its path. */
    public List<PatchOperation> of(List<PatchOperation> operations) {
        return operations.stream().flatMap(this::of).toList();
    }

    private Stream<PatchOperation> of(PatchOperation operation) {
        AttributePath path = operation.path();
        Optional<Schema> schema = catalogue.schema(path.schema());
        if (schema.isEmpty()) {
            return refuse(operation, "a " + resource + " has no such schema here");
        }
        if (operation.isAboutSchema()) {
            return ofSchema(operation, schema.get());
        }
        String name = path.attribute().toLowerCase(Locale.ROOT);
        boolean core = schema.get() == catalogue.core();
        Optional<Attribute> attribute = catalogue.find(path);
        if (core && READ_ONLY.contains(name)
                || attribute.isPresent() && attribute.get().isReadOnly()) {
            return refuseToWrite(operation);
        }
        if (attribute.isEmpty()) {
            return core && notKept.contains(name)
                    ? Stream.empty()
                    : refuse(operation, "a " + resource + " has no such attribute");
        }
        return of(operation, core ? null : schema.get().urn(), attribute.get());
    }

    private Stream<PatchOperation> ofSchema(PatchOperation operation, Schema schema) {
        if (!operation.removes()) {
            return of(operation.attributes()).stream();
        }
        if (schema == catalogue.core()) {
            throw ScimException.mutability(schema.urn(), "a " + resource + " cannot lose its own schema");
        }
        return Stream.of(operation.at(new AttributePath(schema.urn(), null, null, null)));
    }

    private Stream<PatchOperation> of(PatchOperation operation, String schema, Attribute attribute) {
        AttributePath path = operation.path();
        if (path.filter() != null) {
            if (!attribute.isMultiValued()) {
                return refuse(operation, "'" + attribute.name() + "' has one value, which takes no filter in brackets");
            }
            requireParts(path.filter(), attribute);
        }
        String part = path.subAttribute();
        Optional<Attribute> sub = part == null ? Optional.empty() : attribute.subAttribute(part);
        if (part != null && sub.isEmpty()) {
            return attribute.isComplex() && PARTS_NOT_KEPT.contains(part.toLowerCase(Locale.ROOT))
                    ? Stream.empty()
                    : refuse(operation, "'" + attribute.name() + "' has no such sub-attribute");
        }
        if (sub.isPresent() && sub.get().isReadOnly()) {
            return refuseToWrite(operation);
        }
        if (operation.op() == Op.REMOVE && isRequired(sub.orElse(attribute))) {
            throw ScimException.mutability(path.toString(), "is required and cannot be removed");
        }
        String name = sub.map(Attribute::name).orElse(null);
        return Stream.of(operation.at(new AttributePath(schema, attribute.name(), path.filter(), name)));
    }

    private static boolean isRequired(Attribute attribute) {
        return attribute.isRequired() || attribute.subAttributes().stream().anyMatch(Attribute::isRequired);
    }

    private static void requireParts(Filter filter, Attribute attribute) {
        if (filter instanceof Filter.And and) {
            requireParts(and.left(), attribute);
            requireParts(and.right(), attribute);
        } else if (filter instanceof Filter.Or or) {
            requireParts(or.left(), attribute);
            requireParts(or.right(), attribute);
        } else if (filter instanceof Filter.Not not) {
            requireParts(not.operand(), attribute);
        } else {
            requirePart((Comparison) filter, attribute);
        }
    }

    private static void requirePart(Comparison comparison, Attribute attribute) {
        AttributePath part = comparison.path();
        boolean plain = part.schema() == null && part.filter() == null && part.subAttribute() == null;
        Optional<Attribute> sub = plain ? attribute.subAttribute(part.attribute()) : Optional.empty();
        boolean known = plain
                && (attribute.isComplex()
                        ? sub.isPresent()
                                || PARTS_NOT_KEPT.contains(part.attribute().toLowerCase(Locale.ROOT))
                        : part.isAttribute("value"));
        if (!known) {
            throw ScimException.invalidFilter(
                    comparison.toString(), "'" + attribute.name() + "' has no '" + part + "'");
        }
        if (sub.isPresent() && sub.get().type() == Type.BOOLEAN) {
            requireBoolean(comparison);
        }
    }

    private static void requireBoolean(Comparison comparison) {
        boolean bool = comparison.value() == null
                || comparison.value().isNull()
                || Set.of("true", "false").contains(comparison.value().asText().toLowerCase(Locale.ROOT));
        if (!bool || !OF_BOOLEANS.contains(comparison.operator())) {
            throw ScimException.invalidFilter(
                    comparison.toString(), "'" + comparison.path() + "' is true or false and knows eq, ne and pr");
        }
    }

    private static Stream<PatchOperation> refuse(PatchOperation operation, String reason) {
        if (operation.named()) {
            throw ScimException.invalidPath(operation.path().toString(), reason);
        }
        return Stream.empty();
    }

    private static Stream<PatchOperation> refuseToWrite(PatchOperation operation) {
        if (operation.named()) {
            throw ScimException.mutability(operation.path().toString(), "is read-only");
        }
        return Stream.empty();
    }
}
