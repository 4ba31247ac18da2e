package io.github.enterprisesso.sso.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerOptionTest {

    /** How Keycloak's configuration reads the option without a server around it. */
    private static final String GATES = "keycloak.required-action.enforce-sso.gates";

    @AfterEach
    void clear() {
        System.clearProperty(GATES);
    }

    @Test
    @DisplayName("by default the gates are in force, and master is not to be enforced")
    void byDefault() {
        assertThat(ServerOption.GATES.enabled()).isTrue();
        assertThat(ServerOption.MASTER.enabled()).isFalse();
    }

    @Test
    @DisplayName("the kill switch is an option of the required action's provider")
    void killSwitch() {
        System.setProperty(GATES, "false");

        assertThat(ServerOption.GATES.enabled()).isFalse();
    }
}
