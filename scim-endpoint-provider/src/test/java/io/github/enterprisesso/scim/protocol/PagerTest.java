package io.github.enterprisesso.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final Walks walks = new Walks(nanoTime::get);
    private final Names users = new Names("User", 7);
    private final Names groups = new Names("Group", 5);

    /** A list of names that knows how it was asked. */
    private static final class Names implements ResourceQuery {

        private final String type;
        private final List<String> names = new ArrayList<>();
        private int totals;
        private int offsets;
        private int rowsSkipped;

        Names(String type, int size) {
            this.type = type;
            IntStream.range(0, size).forEach(i -> names.add(type + i));
        }

        @Override
        public String resourceType() {
            return type;
        }

        @Override
        public long total() {
            totals++;
            return names.size();
        }

        @Override
        public Stretch from(int offset, int max) {
            offsets++;
            return stretch(names.stream().skip(offset).toList(), max, false);
        }

        @Override
        public Stretch beyond(List<Object> key, boolean backwards, int max) {
            List<String> ahead = new ArrayList<>(names);
            if (backwards) {
                Collections.reverse(ahead);
            }
            ahead.removeIf(name -> !key.isEmpty()
                    && (backwards
                            ? name.compareTo((String) key.get(0)) >= 0
                            : name.compareTo((String) key.get(0)) <= 0));
            return stretch(ahead, max, backwards);
        }

        @Override
        public boolean hasOneRange() {
            return true;
        }

        @Override
        public Stretch behind(List<Object> key, int skipped, int max) {
            rowsSkipped += skipped;
            List<String> ahead = names.stream()
                    .filter(name -> name.compareTo((String) key.get(0)) > 0)
                    .skip(skipped)
                    .toList();
            return stretch(ahead, max, false);
        }

        private static Stretch stretch(List<String> ahead, int max, boolean backwards) {
            List<Found> found = new ArrayList<>();
            for (String name : ahead.subList(0, Math.min(max, ahead.size()))) {
                ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
                found.add(backwards ? 0 : found.size(), new Found(List.of(name), json));
            }
            return new Stretch(found, ahead.size() > max);
        }
    }

    private ListResponse page(Paging paging, ResourceQuery... queries) {
        Cursors cursors = new Cursors(new byte[] {1}, "list", 60, () -> 0);
        return new Pager("realm", "list", List.of(queries), () -> cursors, walks).page(paging);
    }

    private static List<String> names(ListResponse page) {
        return page.resources().stream().map(json -> json.path("name").asText()).toList();
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(users.names);
        all.addAll(groups.names);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "6", "7", "8", "11", "12", "13"})
    @DisplayName("RFC 9865 by cursor, there and back, through two types: everything once, in the order of the list")
    void byCursor(int count) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        String last = null;
        while (cursor != null) {
            ListResponse page = page(new Paging(1, count, cursor), users, groups);
            assertThat(page.total()).isEqualTo(12);
            assertThat(page.startIndex()).isNull();
            assertThat(page.previousCursor() == null).isEqualTo(seen.isEmpty());
            seen.addAll(names(page));
            cursor = page.nextCursor();
            last = page.previousCursor();
        }
        assertThat(seen).isEqualTo(all());
        int back = (12 - 1) / count * count;
        for (cursor = last; cursor != null; ) {
            ListResponse page = page(new Paging(1, count, cursor), users, groups);
            assertThat(page.nextCursor()).isNotNull();
            assertThat(names(page)).isEqualTo(all().subList(Math.max(0, back - count), back));
            back -= count;
            cursor = page.previousCursor();
        }
        assertThat(back).isLessThanOrEqualTo(0);
        assertThat(users.totals).as("counted for the first page alone").isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("RFC 9865 a list without resources has one page, and no cursors")
    void emptyList() {
        users.names.clear();

        ListResponse page = page(new Paging(1, 5, ""), users);

        assertThat(page.total()).isZero();
        assertThat(page.nextCursor()).isNull();
        assertThat(page.previousCursor()).isNull();
    }

    @Test
    @DisplayName("the resource at a cursor may go, and nobody else is left out")
    void gone() {
        String cursor = page(new Paging(1, 3, ""), users).nextCursor();
        users.names.remove("User2");

        ListResponse page = page(new Paging(1, 2, cursor), users);

        assertThat(names(page)).containsExactly("User3", "User4");
        users.names.removeAll(List.of("User0", "User1"));
        assertThat(names(page(new Paging(1, 2, page.previousCursor()), users)))
                .as("nothing is before it any more: the first page")
                .containsExactly("User3", "User4");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "6", "7", "8", "11", "12", "13"})
    @DisplayName("by index through two types: everything once, whether the pages are remembered or counted out")
    void byIndex(int count) {
        for (int run = 0; run < 2; run++) {
            List<String> seen = new ArrayList<>();
            int startIndex = 1;
            ListResponse page;
            do {
                if (run == 1) {
                    nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(2));
                }
                page = page(new Paging(startIndex, count, null), users, groups);
                assertThat(page.total()).isEqualTo(12);
                assertThat(page.startIndex()).isEqualTo(startIndex);
                seen.addAll(names(page));
                startIndex += count;
            } while (startIndex <= 12);
            assertThat(seen).isEqualTo(all());
            assertThat(page.nextCursor()).isNull();
        }
    }

    @Test
    @DisplayName("a client that walks is led from key to key, the total counted once and again at the end")
    void walk() {
        page(new Paging(1, 2, null), users);
        users.names.add("User7");
        users.names.add("User8");

        assertThat(page(new Paging(3, 2, null), users).total())
                .as("ten seconds may pass before a total is counted anew")
                .isEqualTo(7);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(page(new Paging(5, 2, null), users).total()).isEqualTo(9);
        users.names.add("User9");
        assertThat(page(new Paging(7, 2, null), users).total()).isEqualTo(9);
        assertThat(page(new Paging(9, 2, null), users).total())
                .as("no client stops too early")
                .isEqualTo(10);
        assertThat(users.offsets).isEqualTo(1);
        assertThat(names(page(new Paging(4, 2, null), users))).containsExactly("User3", "User4");
        assertThat(users.offsets).as("somebody came close").isEqualTo(1);
        int totals = users.totals;
        assertThat(page(new Paging(9, 2, null), users).total()).isEqualTo(10);
        assertThat(users.totals).as("the end is where it was a moment ago").isEqualTo(totals);
    }

    @Test
    @DisplayName("a page that was counted out is remembered for a minute, and so is the way to those behind it")
    void countedOut() {
        assertThat(names(page(new Paging(4, 2, null), users))).containsExactly("User3", "User4");
        assertThat(names(page(new Paging(4, 2, null), users))).containsExactly("User3", "User4");
        assertThat(names(page(new Paging(5, 2, null), users))).containsExactly("User4", "User5");
        assertThat(users.offsets).isEqualTo(1);
        assertThat(names(page(new Paging(3, 1, null), users))).containsExactly("User2");
        assertThat(users.offsets).as("no place is known before it").isEqualTo(2);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(61));
        assertThat(names(page(new Paging(4, 2, null), users))).containsExactly("User3", "User4");
        assertThat(users.offsets).isEqualTo(3);
    }

    @Test
    @DisplayName("so is a page that was counted out from a place before it")
    void countedOutFromNear() {
        page(new Paging(3, 1, null), users);
        for (int time = 0; time < 2; time++) {
            assertThat(names(page(new Paging(7, 1, null), users))).containsExactly("User6");
            assertThat(users.rowsSkipped).as("from 4 to the row before 7, once").isEqualTo(2);
        }
        assertThat(users.offsets).isEqualTo(1);
    }

    @Test
    @DisplayName("the first page of a list is counted: a push shows itself")
    void firstPage() {
        assertThat(page(new Paging(1, 2, null), users).total()).isEqualTo(7);
        users.names.add(0, "User");
        assertThat(page(new Paging(1, 2, null), users).total()).isEqualTo(8);
        assertThat(page(new Paging(1, 0, null), users).total()).isEqualTo(8);
    }

    @Test
    @DisplayName("of a list of thousands ten seconds may pass, unless this node has changed the realm")
    void longList() {
        Names many = new Names("User", 2000);
        page(new Paging(1, 2, null), many);
        many.names.add("User");

        assertThat(page(new Paging(1, 2, null), many).total()).isEqualTo(2000);
        walks.changed("another realm");
        assertThat(page(new Paging(1, 2, null), many).total()).isEqualTo(2000);
        walks.changed("realm");
        assertThat(page(new Paging(1, 2, null), many).total()).isEqualTo(2001);
        many.names.add("User");
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(page(new Paging(1, 2, null), many).total()).isEqualTo(2002);
        many.names.add("User");
        assertThat(page(new Paging(1, 0, null), many).total())
                .as("who asks for the number gets the number")
                .isEqualTo(2003);
    }

    @Test
    @DisplayName("beyond the end there is nothing, and the total says where the end is")
    void beyondTheEnd() {
        ListResponse page = page(new Paging(20, 5, null), users, groups);

        assertThat(page.resources()).isEmpty();
        assertThat(page.total()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"many", "0", "-1", "1.5"})
    @DisplayName("RFC 9865 2.1 a count that makes no page is invalidCount")
    void invalidCount(String count) {
        assertThatThrownBy(() -> Paging.of(null, count, ""))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidCount"));
    }

    @Test
    @DisplayName("a cursor counts more than an index, and a count is clamped either way")
    void paging() {
        assertThat(Paging.of("5", "5000", " abc ")).isEqualTo(new Paging(1, 1000, "abc"));
        assertThat(Paging.of("-5", "-5", null)).isEqualTo(new Paging(1, 0, null));
        assertThat(Paging.of("99999999999", "99999999999", null)).isEqualTo(new Paging(Integer.MAX_VALUE, 1000, null));
    }
}
