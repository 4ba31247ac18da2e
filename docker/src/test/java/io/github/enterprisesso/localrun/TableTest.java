package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    @DisplayName("columns start at the same place, whatever script the cells are in")
    void aligned() {
        Table table = new Table(80, "Name", "Role")
                .row("Zoë", "User")
                .row("伊藤 さくら", "Guest")
                .row("Дмитрий", "Admin");

        assertThat(table.lines())
                .containsExactly(
                        "Name         Role",
                        "-----------  -----",
                        "Zoë          User",
                        "伊藤 さくら  Guest",
                        "Дмитрий      Admin");
    }

    @Test
    @DisplayName("a combining accent takes no cell, an East Asian character two")
    void width() {
        assertThat(Table.width("Zoe\u0308")).isEqualTo(3);
        assertThat(Table.width("伊藤")).isEqualTo(4);
    }

    @Test
    @DisplayName("what does not fit is cut in the widest column")
    void cut() {
        Table table = new Table(20, "A", "B").row("short", "something that is far too long");

        assertThat(table.lines())
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(20));
        assertThat(table.lines()).last().isEqualTo("short  something th…");
    }

    @Test
    void aRowHasAsManyCellsAsTheHeader() {
        assertThatThrownBy(() -> new Table(20, "A", "B").row("1")).isInstanceOf(IllegalArgumentException.class);
    }
}
