package io.github.enterprisesso.teams.settings;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** The required action that does not let in who has no mapped group, and the names by which it is known. */
public final class NoMappedGroup {

    /** Id of the required action. */
    public static final String ACTION = "no-mapped-group";

    /** The {@code error} of the events of those who were not let in. */
    public static final String ERROR = "no_mapped_group";

    public static final String DISPLAY_TEXT = "Refuse people without a mapped group";

    /** Nobody should be asked for a new password first; behind the SSO policy, which has -100. */
    private static final int EARLY = -90;

    private NoMappedGroup() {}

    /** Adds the action to the realm, or turns it on, where the settings need it. */
    static void enable(RealmModel realm, MappingSettings settings) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ACTION);
        if (settings.shutsOut() && action != null && !action.isEnabled()) {
            action.setEnabled(true);
            realm.updateRequiredActionProvider(action);
        }
        addIfMissing(realm, settings);
    }

    /** Adds the action where the settings need it and nobody has turned it off. */
    public static void addIfMissing(RealmModel realm, MappingSettings settings) {
        if (!settings.shutsOut() || realm.getRequiredActionProviderByAlias(ACTION) != null) {
            return;
        }
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        // Always the same, so that two logins at the same time cannot both add it.
        action.setId(UUID.nameUUIDFromBytes((realm.getId() + ACTION).getBytes(StandardCharsets.UTF_8))
                .toString());
        action.setAlias(ACTION);
        action.setProviderId(ACTION);
        action.setName(DISPLAY_TEXT);
        action.setEnabled(true);
        action.setDefaultAction(false);
        action.setPriority(EARLY);
        realm.addRequiredActionProvider(action);
    }
}
