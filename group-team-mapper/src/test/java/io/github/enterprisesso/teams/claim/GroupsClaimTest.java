package io.github.enterprisesso.teams.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.claim.GroupsClaim.Named;
import io.github.enterprisesso.teams.claim.GroupsClaim.Unclear;
import io.github.enterprisesso.teams.claim.GroupsClaim.Why;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupsClaimTest {

    private static final GroupsClaim ONE = new Named(List.of("a", "b"));
    private static final GroupsClaim OTHER = new Named(List.of("b", "c"));
    private static final GroupsClaim NONE = new Named(List.of());
    private static final GroupsClaim MISSING = new Unclear(Why.MISSING);

    @Test
    @DisplayName("What several mappers read counts together, each name once")
    void union() {
        assertThat(GroupsClaim.union(List.of(ONE, OTHER))).isEqualTo(new Named(List.of("a", "b", "c")));
        assertThat(GroupsClaim.union(List.of(ONE, NONE))).isEqualTo(ONE);
        assertThat(GroupsClaim.union(List.of(NONE, NONE))).isEqualTo(NONE);
    }

    @Test
    @DisplayName("LTM-9 while one of them says nothing, all say nothing")
    void unclear() {
        assertThat(GroupsClaim.union(List.of(ONE, MISSING))).isEqualTo(MISSING);
        assertThat(GroupsClaim.union(List.of(MISSING, NONE))).isEqualTo(MISSING);
    }
}
