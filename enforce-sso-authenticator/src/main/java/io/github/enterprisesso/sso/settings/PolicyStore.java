package io.github.enterprisesso.sso.settings;

import java.util.Objects;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;

/** Writes a policy into a realm, so that it acts from the next request on. */
public final class PolicyStore {

    /** Before every other action: otherwise a refused user would first be asked for a new password. */
    private static final int FIRST = -100;

    private final RealmModel realm;

    public PolicyStore(RealmModel realm) {
        this.realm = realm;
    }

    /**
     * Saves the settings, registers and enables the required action as the first one, and creates the exempt role if
     * there is none of that name.
     *
     * @return true if the role was created
     * @throws org.keycloak.userprofile.ValidationException if {@link SettingsCheck} complains
     */
    public boolean save(SsoSettings settings) {
        boolean newRole = realm.getRole(settings.exemptRole()) == null;
        if (newRole) {
            realm.addRole(settings.exemptRole()).setDescription("May sign in without the enterprise identity provider");
        }
        enableFirst();
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(SsoSettings.ACTION);
        config.setConfig(settings.toConfig());
        realm.updateRequiredActionConfig(config);
        return newRole;
    }

    /**
     * Takes a provider out of the allowed ones. Nothing is checked: an ENFORCE that is left without any provider refuses
     * everybody but exempt people, which is right for a provider that is gone (ENF-10).
     */
    public void forget(String alias) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(SsoSettings.ACTION);
        action.setConfig(SsoSettings.of(realm).without(alias).toConfig());
        realm.updateRequiredActionProvider(action);
    }

    private void enableFirst() {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(SsoSettings.ACTION);
        boolean registered = action != null;
        if (!registered) {
            action = new RequiredActionProviderModel();
            action.setAlias(SsoSettings.ACTION);
            action.setProviderId(SsoSettings.ACTION);
            action.setName("Enforce single sign-on");
        }
        action.setEnabled(true);
        action.setDefaultAction(false);
        action.setPriority(beforeAllOthers());
        if (registered) {
            realm.updateRequiredActionProvider(action);
        } else {
            realm.addRequiredActionProvider(action);
        }
    }

    private int beforeAllOthers() {
        int lowest = realm.getRequiredActionProvidersStream()
                .filter(other -> !Objects.equals(other.getAlias(), SsoSettings.ACTION))
                .mapToInt(RequiredActionProviderModel::getPriority)
                .min()
                .orElse(0);
        return Math.min(FIRST, lowest - 1);
    }
}
