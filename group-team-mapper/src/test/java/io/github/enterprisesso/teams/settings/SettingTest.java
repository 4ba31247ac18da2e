package io.github.enterprisesso.teams.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

@DisplayName("A setting in the component")
class SettingTest {

    private final ComponentModel component = new ComponentModel();

    @Test
    @DisplayName("ROL-2 keeps the order of the ladder in one value: Keycloak keeps several in a set")
    void ladder() {
        Setting.ROLE_LADDER.write(component, List.of("Chief", "User", "Guest"));

        assertThat(component.getConfig().getList("roleLadder")).containsExactly("Chief,User,Guest");
        assertThat(Setting.ROLE_LADDER.read(component)).containsExactly("Chief", "User", "Guest");
    }

    @Test
    @DisplayName("is none, its default, or what is written")
    void none() {
        assertThat(Setting.ROLE_LADDER.read(component)).containsExactly("Admin", "User", "Guest");
        Setting.ROLE_LADDER.write(component, List.of());
        assertThat(Setting.ROLE_LADDER.read(component)).isEmpty();
        component.getConfig().putSingle("roleLadder", " Admin , Guest,");
        assertThat(Setting.ROLE_LADDER.read(component)).containsExactly("Admin", "Guest");
    }

    @Test
    @DisplayName("is read without a trace: sessions share the component")
    void shared() {
        for (Setting setting : Setting.values()) {
            setting.read(component);
        }

        assertThat(component.getConfig()).isEmpty();
    }
}
