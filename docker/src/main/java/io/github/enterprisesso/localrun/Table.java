package io.github.enterprisesso.localrun;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A plain-text table. Columns are as wide as their widest cell; where the line would not fit, the widest columns are cut with an
 * ellipsis. Widths are terminal cells: East Asian characters take two, combining marks none.
 */
final class Table {
    private static final String GAP = "  ";
    private static final Set<UnicodeScript> WIDE =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private final int maxWidth;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(int maxWidth, String... header) {
        this.maxWidth = maxWidth;
        this.header = List.of(header);
    }

    Table row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(line(header.stream().map(cell -> "").toList(), widths, '-'));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    static int width(String text) {
        return text.codePoints().map(Table::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return WIDE.contains(UnicodeScript.of(codePoint)) ? 2 : 1;
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(header.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        int room = maxWidth - GAP.length() * (widths.length - 1);
        int used = 0;
        for (int width : widths) {
            used += width;
        }
        for (; used > room; used--) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int column = 1; column < widths.length; column++) {
            widest = widths[column] > widths[widest] ? column : widest;
        }
        return widest;
    }

    private static String line(List<String> cells, int[] widths) {
        return line(cells, widths, ' ');
    }

    private static String line(List<String> cells, int[] widths, char filling) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(cells.get(column), widths[column]);
            line.append(column == 0 ? "" : GAP).append(cell);
            line.append(String.valueOf(filling).repeat(widths[column] - width(cell)));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 1;
        for (int codePoint : text.codePoints().toArray()) {
            used += width(codePoint);
            if (used > width) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.append('…').toString();
    }
}
