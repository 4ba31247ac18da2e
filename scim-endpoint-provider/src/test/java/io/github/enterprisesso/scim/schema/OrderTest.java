package io.github.enterprisesso.scim.schema;

import static io.github.enterprisesso.scim.schema.Attribute.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Sorting;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Home.Column;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Catalogue USERS = new Catalogue(
            Schema.of(
                    Urn.USER,
                    "User",
                    "",
                    List.of(
                            string("userName", "").in(Column.lowerCase("u.username")),
                            string("kind", "").in(Column.lowerCase("'user'")),
                            string("nick", "").in(Column.lowerCase("u.nick")))),
            List.of());
    private static final Catalogue GROUPS = new Catalogue(
            Schema.of(Urn.GROUP, "Group", "", List.of(string("displayName", "").in(Column.of("g.name")))), List.of());

    private static Order order(String by, String direction) {
        return Order.by(Sorting.of(by, direction), USERS, List.of(GROUPS), List.of("u.username"));
    }

    private static List<String> ranges(Order order, boolean backwards, Object... key) {
        return order.beyond(Arrays.asList(key), backwards).stream()
                .map(condition -> condition.text() + " " + condition.parameters())
                .toList();
    }

    @Test
    @DisplayName("by the unique column alone, a key is one range of its index, both ways")
    void unique() {
        for (String by : new String[] {null, "userName", "kind", "displayName"}) {
            assertThat(order(by, null).text(false)).as(by).isEqualTo("order by k0");
            assertThat(order(by, null).text(true)).isEqualTo("order by k0 desc");
            assertThat(ranges(order(by, null), false, "j")).containsExactly("u.username > :k0 {k0=j}");
        }
        assertThat(ranges(order(null, null), true, "j")).containsExactly("u.username < :k0 {k0=j}");
        assertThat(ranges(order("userName", "descending"), false, "j")).containsExactly("u.username < :k0 {k0=j}");
    }

    @Test
    @DisplayName("by a column of two joined tables, a key is a range of either")
    void joined() {
        Order order = Order.by("m.user.id", "u.id");

        assertThat(order.select()).isEqualTo("m.user.id as k0");
        assertThat(ranges(order, false, "j")).containsExactly("m.user.id > :k0 and u.id > :k0 {k0=j}");
        assertThat(ranges(order, true, "j")).containsExactly("m.user.id < :k0 and u.id < :k0 {k0=j}");
    }

    @Test
    @DisplayName("who has no value comes last, in a range of his own")
    void nulls() {
        Order order = order("nick", null);

        assertThat(order.select()).isEqualTo("u.nick as k0, u.username as k1");
        assertThat(order.text(false)).isEqualTo("order by k0 nulls last, k1");
        assertThat(order.text(true)).isEqualTo("order by k0 desc nulls first, k1 desc");
        assertThat(ranges(order, false, "x", "j"))
                .containsExactly(
                        "(u.nick >= :k0 and (u.nick > :k0 or u.username > :k1)) {k0=x, k1=j}", "u.nick is null {}");
        assertThat(ranges(order, false, null, "j")).containsExactly("u.nick is null and u.username > :k1 {k1=j}");
        assertThat(ranges(order, true, "x", "j"))
                .containsExactly("(u.nick <= :k0 and (u.nick < :k0 or u.username < :k1)) {k0=x, k1=j}");
        assertThat(ranges(order, true, null, "j"))
                .containsExactly("u.nick is null and u.username < :k1 {k1=j}", "u.nick is not null {}");
    }

    @Test
    @DisplayName("in descending order he comes first, and equals stay in the order of their names")
    void descending() {
        Order order = order("nick", "descending");

        assertThat(order.text(false)).isEqualTo("order by k0 desc nulls first, k1");
        assertThat(order.text(true)).isEqualTo("order by k0 nulls last, k1 desc");
        assertThat(ranges(order, false, "x", "j"))
                .containsExactly("(u.nick <= :k0 and (u.nick < :k0 or u.username > :k1)) {k0=x, k1=j}");
        assertThat(ranges(order, false, null, "j"))
                .containsExactly("u.nick is null and u.username > :k1 {k1=j}", "u.nick is not null {}");
    }

    @Test
    @DisplayName("an attribute that no type in the list has is no order")
    void unknown() {
        assertThatThrownBy(() -> order("shoeSize", null)).isInstanceOf(ScimException.class);
        assertThatThrownBy(() -> Order.by(Sorting.of("displayName", null), USERS, List.of(), List.of("u.username")))
                .isInstanceOf(ScimException.class);
    }

    @Test
    @DisplayName("RFC 9865 2.1 a key of another shape is no cursor")
    void shape() {
        assertThatThrownBy(() -> order("nick", null).beyond(List.of("x"), false))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidCursor"));
    }
}
