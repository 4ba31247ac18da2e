package io.github.enterprisesso.scim.admin;

import java.util.Map;
import java.util.regex.Pattern;

/** Which answers are asked for: {@code 409}, {@code 4xx}, {@code failed} for 400 and above, or all. */
record StatusRange(int least, int most) {

    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");
    private static final Pattern CLASS = Pattern.compile("[1-5]xx");

    static StatusRange of(String text) {
        if (text == null || text.isBlank()) {
            return new StatusRange(0, 999);
        }
        if (text.equals("failed")) {
            return new StatusRange(400, 999);
        }
        if (STATUS.matcher(text).matches()) {
            return new StatusRange(Integer.parseInt(text), Integer.parseInt(text));
        }
        if (CLASS.matcher(text).matches()) {
            int hundreds = 100 * (text.charAt(0) - '0');
            return new StatusRange(hundreds, hundreds + 99);
        }
        throw Refusal.fields(400, Map.of("status", "must be a status such as 409, a class such as 4xx, or failed"));
    }
}
