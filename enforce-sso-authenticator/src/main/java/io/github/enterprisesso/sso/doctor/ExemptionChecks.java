package io.github.enterprisesso.sso.doctor;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Administrator;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ExemptRole;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Exemptions;
import java.util.List;
import java.util.stream.Stream;

/** Who is exempt: not too many, and never nobody. */
final class ExemptionChecks {

    private ExemptionChecks() {}

    static Stream<Finding> of(RealmSnapshot realm) {
        ExemptRole role = realm.exemptRole();
        return Stream.of(
                administrators(realm),
                secondFactor(realm),
                everybody(role),
                composites(role),
                groups(role),
                mappers(realm),
                exemptions(realm.exemptions()));
    }

    private static Finding administrators(RealmSnapshot realm) {
        String fix = "Give the role '%s' to administrators who can sign in by password and second factor, and store "
                        .formatted(realm.exemptRole().name())
                + "those credentials where two people can reach them";
        if (realm.administrators().isEmpty()) {
            return Finding.fail(
                    "exempt-administrators",
                    "No enabled administrator is exempt: when the provider is down nobody can administer the realm",
                    fix);
        }
        List<String> local = realm.administrators().stream()
                .filter(Administrator::local)
                .map(Administrator::username)
                .toList();
        if (local.isEmpty()) {
            return Finding.fail(
                    "exempt-administrators",
                    "No exempt administrator has a credential in this realm: when the provider is down nobody gets in",
                    fix);
        }
        return local.size() == 1
                ? Finding.warn(
                        "exempt-administrators",
                        "Only %s can get in when the provider is down".formatted(local.get(0)),
                        fix)
                : Finding.pass(
                        "exempt-administrators",
                        "%d administrators can get in when the provider is down".formatted(local.size()));
    }

    /** ENF-7, EXM-7: nobody else's provider looks after these accounts. */
    private static Finding secondFactor(RealmSnapshot realm) {
        List<String> without = realm.administrators().stream()
                .filter(administrator -> administrator.local() && !administrator.secondFactor())
                .map(Administrator::username)
                .toList();
        return without.isEmpty()
                ? Finding.pass("exempt-second-factor", "No exempt administrator signs in with a password alone")
                : Finding.warn(
                        "exempt-second-factor",
                        "A password alone opens the accounts of " + String.join(", ", without),
                        "Let them set up an authenticator app or a security key, and ask exempt people for it in the flows");
    }

    private static Finding everybody(ExemptRole role) {
        if (!role.exists()) {
            return Finding.warn(
                    "exempt-role",
                    "There is no realm role '%s', so nobody is exempt".formatted(role.name()),
                    "PUT the policy: it creates the role");
        }
        return role.everybody() || !role.defaultGroups().isEmpty()
                ? Finding.fail(
                        "exempt-role",
                        "Every new user is exempt%s"
                                .formatted(
                                        role.everybody()
                                                ? " by the realm's default roles"
                                                : " by the default groups " + String.join(", ", role.defaultGroups())),
                        "Take the role '%s' out of the default roles and default groups".formatted(role.name()))
                : Finding.pass("exempt-role", "Nobody becomes exempt by default");
    }

    private static Finding composites(ExemptRole role) {
        return role.composites().isEmpty()
                ? Finding.pass("exempt-role-composites", "No other role contains the exempt role")
                : Finding.warn(
                        "exempt-role-composites",
                        "Exempt are also the holders of " + String.join(", ", role.composites()),
                        "Give the exempt role to people by itself, so that nobody gets it with another role");
    }

    private static Finding groups(ExemptRole role) {
        if (!role.pushedGroups().isEmpty()) {
            return Finding.fail(
                    "exempt-role-groups",
                    "The members of these groups are decided outside of Keycloak, and all are exempt: "
                            + String.join(", ", role.pushedGroups()),
                    "Take the exempt role away from these groups");
        }
        return role.groups().isEmpty()
                ? Finding.pass("exempt-role-groups", "No group gives the exempt role")
                : Finding.warn(
                        "exempt-role-groups",
                        "Exempt are also the members of " + String.join(", ", role.groups()),
                        "Check who may add members to them; better give the role to people by itself");
    }

    private static Finding mappers(RealmSnapshot realm) {
        List<String> mappers = Stream.concat(
                        realm.providers().stream()
                                .flatMap(provider -> provider.mapping().exempting().stream()
                                        .map(mapper -> "'%s' of '%s'".formatted(mapper, provider.alias()))),
                        realm.exemptingFederations().stream().map("'%s' of a user federation"::formatted))
                .toList();
        return mappers.isEmpty()
                ? Finding.pass(
                        "exempt-role-mappers",
                        "No mapper of an identity provider or user federation gives the exempt role")
                : Finding.fail(
                        "exempt-role-mappers",
                        "These mappers make people exempt: " + String.join(", ", mappers),
                        "Remove them: only an administrator should exempt somebody");
    }

    private static Finding exemptions(Exemptions exemptions) {
        if (exemptions.expired() > 0) {
            return Finding.warn(
                    "exemptions",
                    "%d exemptions have ended and are still on record; they no longer count"
                            .formatted(exemptions.expired()),
                    "Delete or renew them");
        }
        return exemptions.endless() > 0
                ? Finding.info("exemptions", "%d exemptions on record have no end".formatted(exemptions.endless()))
                : Finding.pass("exemptions", "No exemption on record has expired");
    }
}
