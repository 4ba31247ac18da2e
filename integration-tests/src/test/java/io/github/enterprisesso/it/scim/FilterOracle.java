package io.github.enterprisesso.it.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Filters made at random over the attributes of given resources, each with what it means: a predicate on the JSON of a
 * resource, written down apart from the server's compiler.
 */
final class FilterOracle {

    private static final Set<String> CASE_EXACT = Set.of("id", "externalId", "groups.value", "members.value");
    private static final Set<String> TIMES = Set.of("meta.created", "meta.lastModified");
    private static final Set<String> BOOLEANS = Set.of("active", "primary");

    /** A filter in the protocol's words, and what it means. */
    record Case(String filter, Predicate<JsonNode> meaning) {

        private Case grouped() {
            return new Case("(" + filter + ")", meaning);
        }
    }

    private final Random random;
    private final List<String> attributes;
    private final List<String> valuePaths;
    private final List<JsonNode> resources;

    /**
     * @param attributes {@code name.givenName}, {@code emails.type}, {@code urn:…:User:department}
     * @param valuePaths {@code emails:value,type,primary}
     */
    FilterOracle(long seed, List<String> attributes, List<String> valuePaths, List<JsonNode> resources) {
        this.random = new Random(seed);
        this.attributes = attributes;
        this.valuePaths = valuePaths;
        this.resources = resources;
    }

    Case next(int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(5)) {
            case 0 -> {
                Case left = next(depth - 1);
                Case right = next(depth - 1);
                yield new Case(left.filter + " and " + right.filter, left.meaning.and(right.meaning)).grouped();
            }
            case 1 -> {
                Case left = next(depth - 1);
                Case right = next(depth - 1);
                yield new Case(left.filter + " OR " + right.filter, left.meaning.or(right.meaning)).grouped();
            }
            case 2 -> {
                Case operand = next(depth - 1);
                yield new Case("not (" + operand.filter + ")", operand.meaning.negate());
            }
            case 3 -> attribute(attributes.get(random.nextInt(attributes.size())));
            default -> valuePath(valuePaths.get(random.nextInt(valuePaths.size())));
        };
    }

    private Case attribute(String path) {
        return comparison(path, path);
    }

    private Case valuePath(String declaration) {
        String attribute = declaration.substring(0, declaration.indexOf(':'));
        String[] subs = declaration.substring(declaration.indexOf(':') + 1).split(",");
        Case one = comparison(attribute + "." + subs[random.nextInt(subs.length)], null);
        Case other = comparison(attribute + "." + subs[random.nextInt(subs.length)], null);
        boolean and = random.nextBoolean();
        Predicate<JsonNode> meaning = and ? one.meaning.and(other.meaning) : one.meaning.or(other.meaning);
        String text = attribute + "[" + one.filter + (and ? " and " : " or ") + other.filter + "]";
        return new Case(text, resource -> anyMatch(resource.path(attribute), meaning));
    }

    private static boolean anyMatch(JsonNode list, Predicate<JsonNode> meaning) {
        for (JsonNode element : list) {
            if (meaning.test(element)) {
                return true;
            }
        }
        return false;
    }

    /** @param from the path from the resource; null: from an element of the attribute */
    private Case comparison(String path, String from) {
        String inElement = path.substring(path.lastIndexOf('.') + 1);
        String written = from == null ? inElement : path;
        Predicate<JsonNode> present = json -> !values(json, written).isEmpty();
        boolean bool = BOOLEANS.contains(inElement);
        String wanted = sample(path);
        String operator = operator(path, bool);
        if (operator.equals("pr") || wanted == null) {
            return new Case(written + " pr", present);
        }
        String literal = bool ? wanted : "\"" + wanted.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        Predicate<JsonNode> meaning =
                json -> values(json, written).stream().anyMatch(value -> holds(path, operator, value.asText(), wanted));
        return new Case(
                written + " " + (random.nextBoolean() ? operator : operator.toUpperCase(Locale.ROOT)) + " " + literal,
                operator.equals("ne")
                        ? json -> values(json, written).stream()
                                .noneMatch(value -> holds(path, "eq", value.asText(), wanted))
                        : meaning);
    }

    private String operator(String path, boolean bool) {
        List<String> operators = bool
                ? List.of("eq", "ne", "pr")
                : TIMES.contains(path)
                        ? List.of("eq", "ne", "gt", "ge", "lt", "le", "pr")
                        : List.of("eq", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr");
        return operators.get(random.nextInt(operators.size()));
    }

    /** A value that some resource has, or a part of it, in one case or another; null: nobody has one. */
    private String sample(String path) {
        List<JsonNode> all = new ArrayList<>();
        resources.forEach(resource -> all.addAll(values(resource, path)));
        if (all.isEmpty()) {
            return null;
        }
        String value = all.get(random.nextInt(all.size())).asText();
        String inElement = path.substring(path.lastIndexOf('.') + 1);
        if (TIMES.contains(path) || BOOLEANS.contains(inElement)) {
            return value;
        }
        if (random.nextInt(3) == 0 && value.length() > 2) {
            value = value.substring(random.nextInt(2), value.length() - random.nextInt(2));
        }
        return random.nextInt(3) == 0 ? value.toUpperCase(Locale.ROOT) : value;
    }

    private static boolean holds(String path, String operator, String value, String wanted) {
        if (TIMES.contains(path)) {
            int order = OffsetDateTime.parse(value).compareTo(OffsetDateTime.parse(wanted));
            return ordered(operator, order);
        }
        boolean exact = CASE_EXACT.contains(path);
        String left = exact ? value : value.toLowerCase(Locale.ROOT);
        String right = exact ? wanted : wanted.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "co" -> left.contains(right);
            case "sw" -> left.startsWith(right);
            case "ew" -> left.endsWith(right);
            default -> ordered(operator, left.compareTo(right));
        };
    }

    private static boolean ordered(String operator, int order) {
        return switch (operator) {
            case "eq" -> order == 0;
            case "gt" -> order > 0;
            case "ge" -> order >= 0;
            case "lt" -> order < 0;
            default -> order <= 0;
        };
    }

    /** Every value that the path leads to. */
    static List<JsonNode> values(JsonNode resource, String path) {
        List<JsonNode> found = List.of(resource);
        List<String> steps = new ArrayList<>();
        if (path.startsWith("urn:")) {
            steps.add(path.substring(0, path.lastIndexOf(':')));
        }
        steps.addAll(
                List.of((path.startsWith("urn:") ? path.substring(path.lastIndexOf(':') + 1) : path).split("\\.")));
        for (String step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode json : found) {
                JsonNode value = json.path(step);
                if (value.isArray()) {
                    value.forEach(next::add);
                } else if (!value.isMissingNode() && !value.isNull()) {
                    next.add(value);
                }
            }
            found = next;
        }
        return found;
    }
}
