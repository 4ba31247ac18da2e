package io.github.enterprisesso.sso.admin;

import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of RFC 4180. */
record Csv(Writer out) {

    private static final String NEEDS_QUOTES = "[\",\r\n]";

    /** What a spreadsheet would take for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    /** @param cells null is an empty cell */
    void line(Object... cells) throws IOException {
        out.write(Stream.of(cells).map(cell -> cell(Objects.toString(cell, ""))).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    /** A person chooses his own name: it must not become a formula in the administrator's spreadsheet. */
    static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*" + NEEDS_QUOTES + ".*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
