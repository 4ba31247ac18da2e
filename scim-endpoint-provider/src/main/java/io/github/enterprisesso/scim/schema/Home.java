package io.github.enterprisesso.scim.schema;

import java.util.List;
import java.util.Map;

/** Where the values of an attribute are kept, in the words of HQL. In a text {@code {}} stands for the alias of a row. */
public sealed interface Home {

    /**
     * An expression on the row of the resource itself, or of a row of {@link Rows}.
     *
     * @param text {@code u.username}
     * @param present the condition under which there is a value, true or false and never null; null: always
     * @param lowerCase whether the column holds lower case only: never put lower() around it, that passes its index by
     */
    record Column(String text, String present, boolean lowerCase) implements Home {

        public static Column of(String text) {
            return new Column(text, null, false);
        }

        public static Column lowerCase(String text) {
            return new Column(text, null, true);
        }

        public Column orNull() {
            return when(text + " is not null");
        }

        public Column when(String present) {
            return new Column(text, present, lowerCase);
        }

        Column as(String alias) {
            return new Column(text.replace("{}", alias), present, lowerCase);
        }
    }

    /**
     * One row of other tables for each value.
     *
     * @param from {@code UserGroupMembershipEntity {}}
     * @param where what ties the row to the resource
     * @param columns by sub-attribute; {@code value} for an attribute that has none
     */
    record Rows(String from, String where, Map<String, Column> columns) implements Home {}

    /** Values of several origins, each with rows of its own and the same columns. Sorted by those of the first. */
    record Either(List<Rows> origins) implements Home {}

    /**
     * Rows of SCIM_ATTRIBUTE, one for each sub-attribute of each value.
     *
     * @param searched what the answer shows when there is no row, too; null: the rows are all there is
     */
    record Own(Column searched) implements Home {

        public Own() {
            this(null);
        }
    }

    /** A user attribute that the realm's user profile declares. */
    record Profile(String userAttribute) implements Home {

        public Rows rows() {
            return new Rows(
                    "UserAttributeEntity {}",
                    "{}.user.id = u.id and {}.name = '" + userAttribute.replace("'", "''") + "'",
                    Map.of("value", Column.of("coalesce({}.value, {}.longValue)")));
        }
    }

    /**
     * The first value in the user's own row, the others in SCIM_ATTRIBUTE.
     *
     * @param id of the user whose row it is
     */
    record Split(Rows first, String id) implements Home {}

    /** Not kept: written only, or made up for the answer. It cannot be searched. */
    record Nowhere() implements Home {}
}
