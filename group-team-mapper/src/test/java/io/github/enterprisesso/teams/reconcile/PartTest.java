package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A part of many users")
class PartTest {

    private static final List<String> USERS = List.of("c", "a", "e", "b", "d");

    @Test
    @DisplayName("section 4, item 9: part after part all are looked at once, and each part says how far it is")
    void parts() {
        List<String> looked = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        String after = null;
        do {
            Part part = Part.of(USERS, after, 2);
            looked.addAll(part.userIds());
            done.add(part.done());
            assertThat(part.total()).isEqualTo(5);
            assertThat(part.remaining()).isEqualTo(5 - part.done());
            after = part.next(after);
        } while (after != null);

        assertThat(looked).containsExactly("a", "b", "c", "d", "e");
        assertThat(done).containsExactly(2, 4, 5);
    }

    @Test
    @DisplayName("goes on behind who is gone since, and looks at nobody when asked for none")
    void interrupted() {
        assertThat(Part.of(List.of("a", "d"), "c", -1)).isEqualTo(new Part(List.of("d"), 2, 2));
        assertThat(Part.of(USERS, "b", 0)).isEqualTo(new Part(List.of(), 2, 5));
        assertThat(Part.of(USERS, "b", 0).next("b")).isEqualTo("b");
        assertThat(Part.of(List.of(), null, -1).next(null)).isNull();
    }
}
