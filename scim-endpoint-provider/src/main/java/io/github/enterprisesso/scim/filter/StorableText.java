package io.github.enterprisesso.scim.filter;

/** Text that a database takes: none takes U+0000, and no encoding half of a surrogate pair. */
public final class StorableText {

    private StorableText() {}

    /** What is wrong with the text, or null. */
    public static String refusal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return "the character U+0000 is not allowed";
            }
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return "half of a surrogate pair is not allowed";
            }
        }
        return null;
    }
}
