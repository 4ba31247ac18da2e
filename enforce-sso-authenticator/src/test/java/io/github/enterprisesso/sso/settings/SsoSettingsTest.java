package io.github.enterprisesso.sso.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.sso.policy.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

class SsoSettingsTest {

    @Test
    @DisplayName("a realm without a policy has the defaults: OFF, nobody allowed, role sso-exempt")
    void defaults() {
        assertThat(SsoSettings.of(Map.of())).isEqualTo(new SsoSettings("OFF", List.of(), "sso-exempt"));
        assertThat(SsoSettings.of(null, null, null)).isEqualTo(new SsoSettings("", List.of(), "sso-exempt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"okta,entra", " okta , entra ,", "okta##entra", "okta,okta,entra"})
    @DisplayName("aliases are separated by commas, or by the console's ##")
    void aliases(String stored) {
        assertThat(SsoSettings.of(Map.of("allowedProviders", stored)).allowedProviders())
                .containsExactly("okta", "entra");
    }

    @Test
    @DisplayName("what is stored is what was saved, with the mode in its own spelling")
    void roundTrip() {
        SsoSettings settings = SsoSettings.of("enforce", Arrays.asList("okta", null, " "), "break-glass");

        assertThat(settings.toConfig())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("mode", "ENFORCE", "allowedProviders", "okta", "exemptRole", "break-glass"));
        assertThat(SsoSettings.of(settings.toConfig()).policy().mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    @DisplayName("the form offers every option once, the mode as a list")
    void form() {
        assertThat(SsoOption.form())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("mode", "allowedProviders", "exemptRole");
        assertThat(SsoOption.form().get(0).getOptions()).containsExactly("OFF", "REPORT", "ENFORCE");
        assertThat(SsoOption.form())
                .allSatisfy(option -> assertThat(option.getHelpText()).isNotBlank());
    }
}
