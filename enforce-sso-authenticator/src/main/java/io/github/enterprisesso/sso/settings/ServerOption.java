package io.github.enterprisesso.sso.settings;

import org.keycloak.Config;

/** Options of the whole server, given at start as {@code --spi-required-action--enforce-sso--<key>=…}. */
public enum ServerOption {
    /** The kill switch: with {@code false} no gate of any realm asks anything. */
    GATES("gates", true),
    /** {@code true} allows ENFORCE in the realm {@code master}, where a mistake locks out the whole server. */
    MASTER("master", false);

    private final String key;
    private final boolean defaultValue;

    ServerOption(String key, boolean defaultValue) {
        this.key = key;
        this.defaultValue = defaultValue;
    }

    public String key() {
        return key;
    }

    public boolean enabled() {
        return scope().getBoolean(key, defaultValue);
    }

    /** Every how many seconds ended exemptions are looked for ({@code exemption-interval}, default 300). */
    public static int expiryInterval() {
        return Math.max(1, scope().getInt("exemption-interval", 300));
    }

    private static Config.Scope scope() {
        return Config.scope("required-action", SsoSettings.ACTION);
    }
}
