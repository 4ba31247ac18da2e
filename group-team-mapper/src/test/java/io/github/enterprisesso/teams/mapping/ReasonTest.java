package io.github.enterprisesso.teams.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ADM-7 a reason is one sentence")
class ReasonTest {

    private static final Source GROUP = new Source("group-1", List.of(), List.of());

    @Test
    void for_a_team_by_rule() {
        assertThat(team(Optional.of("all teams")))
                .isEqualTo("Member of pushed group 'Engineering', which rule 'all teams' maps to team 'Devs'.");
    }

    @Test
    void for_a_team_by_an_administrator() {
        assertThat(team(Optional.empty()))
                .isEqualTo("Member of pushed group 'Engineering', which an administrator maps to team 'Devs'.");
    }

    @Test
    void for_a_role_of_a_group() {
        assertThat(role(Provenance.group(GROUP)))
                .isEqualTo("Pushed group 'Engineering' carries role 'Admin', the highest of all sources of this user.");
    }

    @Test
    void for_a_role_of_the_users_own() {
        assertThat(role(Provenance.of(Origin.USER_ATTRIBUTE)))
                .startsWith("User attribute 'organizationRole' carries role 'Admin'");
    }

    @Test
    void for_the_default_role() {
        assertThat(role(Provenance.of(Origin.DEFAULT))).endsWith("so the default role 'Admin' applies.");
    }

    @Test
    void for_the_last_administrator() {
        assertThat(role(Provenance.of(Origin.LAST_ADMINISTRATOR))).contains("kept because nobody else holds it");
    }

    private static String team(Optional<String> rule) {
        Entitlement entitlement = Entitlement.team("team-1", Provenance.group(GROUP));
        return new Reason(entitlement, "Devs", "Engineering", rule, "organizationRole").sentence();
    }

    private static String role(Provenance provenance) {
        Entitlement entitlement = Entitlement.role(new Rung("Admin", "role-1"), provenance);
        return new Reason(entitlement, "Admin", "Engineering", Optional.empty(), "organizationRole").sentence();
    }
}
