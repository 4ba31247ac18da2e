package io.github.enterprisesso.scim.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What of a request may be kept: short, and without passwords and tokens. */
public final class Redaction {

    static final String HIDDEN = "***";
    private static final String CUT = "…";
    private static final int MAX_BODY = 2000;
    private static final int MAX_LINE = 1000;

    private static final Pattern SECRET_NAME = Pattern.compile("(?i)password|secret|token|credential");
    private static final Pattern TOKEN = Pattern.compile("scim_[\\w-]{12,}|eyJ[\\w-]{8,}(\\.[\\w-]*)*");

    private Redaction() {}

    /** One line of text, without tokens. */
    public static String line(String text) {
        return text == null ? null : cut(withoutTokens(text), MAX_LINE);
    }

    /** The path with those query parameters that SCIM knows; of others the name alone. */
    public static String path(String path, Map<String, List<String>> parameters, List<String> known) {
        StringBuilder line = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                boolean shown = known.contains(parameter.getKey())
                        && !SECRET_NAME.matcher(value).find();
                line.append(separator).append(parameter.getKey()).append('=').append(shown ? value : HIDDEN);
                separator = '&';
            }
        }
        return line(line.toString());
    }

    /** The beginning of a body as JSON. Values of attributes that sound like a secret are hidden, also in a PATCH. */
    public static String body(JsonNode json) {
        if (json == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        write(json, text);
        return cut(withoutTokens(text.toString()), MAX_BODY);
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (text.length() > MAX_BODY) {
            return;
        }
        if (node.isObject()) {
            writeObject(node, text);
        } else if (node.isArray()) {
            char separator = '[';
            for (JsonNode element : node) {
                if (text.length() > MAX_BODY) {
                    return;
                }
                text.append(separator);
                write(element, text);
                separator = ',';
            }
            text.append(separator == '[' ? "[]" : "]");
        } else {
            text.append(node);
        }
    }

    private static void writeObject(JsonNode object, StringBuilder text) {
        boolean secretTarget = namesSecret(object);
        char separator = '{';
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (text.length() > MAX_BODY) {
                return;
            }
            text.append(separator).append(TextNode.valueOf(field.getKey())).append(':');
            String name = field.getKey().toLowerCase(Locale.ROOT);
            boolean secret = SECRET_NAME.matcher(name).find() || secretTarget && !name.equals("op");
            if (secret && !field.getValue().isNull()) {
                text.append('"').append(HIDDEN).append('"');
            } else {
                write(field.getValue(), text);
            }
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    /** An operation of a PATCH whose path is a secret: path and value are hidden, for the path may hold a filter. */
    private static boolean namesSecret(JsonNode object) {
        return object.properties().stream()
                .anyMatch(field -> field.getKey().equalsIgnoreCase("path")
                        && SECRET_NAME.matcher(field.getValue().asText()).find());
    }

    private static String withoutTokens(String text) {
        return TOKEN.matcher(text).replaceAll(HIDDEN).replace("\0", "");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
