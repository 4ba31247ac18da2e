package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.List;

/**
 * The policy on the wire: {@code {"mode":"ENFORCE","allowedProviders":["okta"],"exemptRole":"sso-exempt"}}.
 *
 * @param mode OFF, REPORT or ENFORCE
 * @param allowedProviders aliases of identity providers; absent is none
 * @param exemptRole name of a realm role; absent is {@code sso-exempt}
 */
public record SsoPolicyRepresentation(String mode, List<String> allowedProviders, String exemptRole) {

    static SsoPolicyRepresentation of(SsoSettings settings) {
        return new SsoPolicyRepresentation(settings.mode(), settings.allowedProviders(), settings.exemptRole());
    }

    SsoSettings settings() {
        return SsoSettings.of(mode, allowedProviders, exemptRole);
    }
}
