package io.github.enterprisesso.sso.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

class SsoSettingsTest {

    @Test
    @DisplayName("a realm without a policy has the defaults: OFF, for everybody, nobody allowed, role sso-exempt")
    void defaults() {
        assertThat(SsoSettings.of(Map.of()))
                .isEqualTo(new SsoSettings(
                        "OFF",
                        List.of(),
                        List.of("REALM"),
                        List.of(),
                        "sso-exempt",
                        List.of(),
                        "ALLOW",
                        "KEEP",
                        false,
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"okta,entra", " okta , entra ,", "okta##entra", "okta,okta,entra"})
    @DisplayName("aliases are separated by commas, or by the console's ##")
    void aliases(String stored) {
        assertThat(SsoSettings.of(Map.of("allowedProviders", stored)).allowedProviders())
                .containsExactly("okta", "entra");
    }

    @Test
    @DisplayName("what is stored is what was saved, with words in their own spelling")
    void roundTrip() {
        Map<String, String> written = Map.of(
                "mode", "enforce",
                "allowedProviders", "okta",
                "scope", "domains, Linked",
                "domains", "ACME.com, corp.com = entra | okta,gone.com=",
                "exemptRole", "break-glass",
                "exceptedClients", "legacy-cli",
                "impersonation", "refuse",
                "sessionsOnEnforce", "end",
                "notifyExemptions", "true");

        SsoSettings settings = SsoSettings.of(written);

        assertThat(settings.toConfig())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mode", "ENFORCE",
                        "allowedProviders", "okta",
                        "scope", "DOMAINS,LINKED",
                        "domains", "acme.com,corp.com=entra|okta,gone.com=",
                        "exemptRole", "break-glass",
                        "exceptedClients", "legacy-cli",
                        "impersonation", "REFUSE",
                        "sessionsOnEnforce", "END",
                        "notifyExemptions", "true",
                        "enforceMaster", "false"));
        assertThat(SsoSettings.of(settings.toConfig())).isEqualTo(settings);
    }

    @Test
    @DisplayName("ENF-15 the policy is what the settings say")
    void policy() {
        SsoSettings settings = SsoSettings.of(Map.of(
                "mode", "REPORT",
                "allowedProviders", "okta",
                "scope", "DOMAINS",
                "domains", "acme.com=entra",
                "exceptedClients", "legacy-cli",
                "impersonation", "REFUSE"));

        assertThat(settings.policy())
                .isEqualTo(new SsoPolicy(
                        Mode.REPORT,
                        List.of("okta"),
                        Set.of(Scope.DOMAINS),
                        List.of(EnforcedDomain.of("acme.com", List.of("entra"))),
                        Set.of("legacy-cli"),
                        false,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "scope,ORGANISATIONS",
        "scope,'DOMAINS,all'",
        "scope,DOMAINS",
        "domains,@acme",
        "domains,'acme.com,=okta'",
        "mode,ENFOCRE"
    })
    @DisplayName(
            "a word or a domain that cannot be read, or domains that are missing, damage the policy: it is then for everybody")
    void damaged(String key, String value) {
        Map<String, String> config = new HashMap<>(Map.of("mode", "ENFORCE", "allowedProviders", "okta"));
        config.put(key, value);

        assertThat(SsoSettings.of(config).policy().damaged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    @DisplayName("no scope is for everybody")
    void noScope(String scope) {
        SsoPolicy policy =
                SsoSettings.of(Map.of("mode", "ENFORCE", "scope", scope)).policy();

        assertThat(policy.scopes()).containsExactly(Scope.REALM);
        assertThat(policy.damaged()).isFalse();
    }

    @Test
    @DisplayName("ENF-10 a domain whose only provider is gone has none, not the allowed ones")
    void withoutAProvider() {
        SsoSettings settings = SsoSettings.of(
                Map.of("allowedProviders", "okta,entra", "domains", "acme.com=entra,corp.com=entra|okta,other.com"));

        SsoSettings left = settings.without("entra");

        assertThat(left.toConfig())
                .containsEntry("allowedProviders", "okta")
                .containsEntry("domains", "acme.com=,corp.com=okta,other.com");
        assertThat(left.names("entra")).isFalse();
        assertThat(left.names("okta")).isTrue();
    }

    @Test
    @DisplayName("the form offers every option once, words as a list")
    void form() {
        assertThat(SsoOption.form())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        "mode",
                        "allowedProviders",
                        "scope",
                        "domains",
                        "exemptRole",
                        "exceptedClients",
                        "impersonation",
                        "sessionsOnEnforce",
                        "notifyExemptions",
                        "enforceMaster");
        assertThat(SsoOption.form().get(0).getOptions()).containsExactly("OFF", "REPORT", "ENFORCE");
        assertThat(SsoOption.form())
                .allSatisfy(option -> assertThat(option.getHelpText()).isNotBlank());
    }
}
