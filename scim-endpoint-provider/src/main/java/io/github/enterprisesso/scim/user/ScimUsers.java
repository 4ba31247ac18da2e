package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.DeclaredAttributes;
import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.store.ScimUserEntity;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.policy.PasswordPolicyNotMetException;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/** Creates, changes, adopts, deactivates and removes users. A request that changes nothing writes nothing. */
public final class ScimUsers {

    private final ScimContext scim;
    private final UserReader reader;
    private final IdentityProviderLink link;

    public ScimUsers(ScimContext scim) {
        this.scim = scim;
        this.reader = new UserReader(scim);
        this.link = new IdentityProviderLink(scim);
    }

    /** The new user; 409 when the name, address or external id is taken, whoever has it. */
    public ObjectNode create(ResourceBody body) {
        UserChange change = UserChange.read(body, scim.connection(), reader.catalogue(), null);
        change.requireComplete(reader.catalogue());

        Map<String, List<String>> attributes = new HashMap<>();
        put(attributes, UserModel.USERNAME, change.userName().value());
        put(attributes, UserModel.EMAIL, change.emailOfNewUser());
        put(attributes, UserModel.FIRST_NAME, change.givenName().value());
        put(attributes, UserModel.LAST_NAME, change.familyName().value());
        requireDeclared(change.role().value() != null, change);
        if (change.role().value() != null) {
            put(attributes, scim.connection().roleAttribute(), change.role().value());
        }
        attributes.putAll(change.attributes().mapped());
        UserModel user =
                profile(profiles -> profiles.create(UserProfileContext.USER_API, attributes), UserProfile::create);
        user.setEnabled(!Boolean.FALSE.equals(change.active().value()));
        user.setEmailVerified(user.getEmail() != null && scim.connection().emailVerified());
        user.getRequiredActionsStream().toList().forEach(user::removeRequiredAction);

        ScimUserEntity row = new ScimUserEntity();
        row.setUserId(user.getId());
        row.setRealmId(scim.realm().getId());
        remember(
                row,
                change.externalId().value(),
                change.userName().value(),
                change.emailOfNewUser(),
                change.emailType().value());
        scim.em().persist(row);
        new OrganizationMembership(scim).join(user);
        // The unique key of the table refuses an external id that is taken: see Collision.
        scim.em().flush();
        new OwnAttributes(scim).write(user.getId(), change.attributes().own(), true);
        setPassword(user, change.password());

        UserRecord created =
                reader.created(user, row, !change.attributes().own().isEmpty());
        link.follow(user, null, created);
        ObjectNode json = created.toJson(scim, AttributeSelection.DEFAULT);
        scim.events().user(OperationType.CREATE, user, null, json);
        return json;
    }

    /** PUT: sets what the body mentions and leaves the rest. */
    public ObjectNode replace(String id, ResourceBody body) {
        return change(id, current -> body);
    }

    public ObjectNode patch(String id, PatchRequest request) {
        List<PatchOperation> operations = UserPatch.applicable(request.operations(), reader.catalogue());
        return change(
                id,
                current -> ResourceBody.patched(
                        current.toJson(scim, AttributeSelection.DEFAULT),
                        operations,
                        reader.catalogue()::isMultiValued));
    }

    private ObjectNode change(String id, Function<UserRecord, ResourceBody> request) {
        hold(id);
        UserRecord before = visible(id);
        UserModel user = writable(id);
        UserChange change = UserChange.read(request.apply(before), scim.connection(), reader.catalogue(), before);
        boolean changed = write(user, before, change);
        UserRecord after = changed ? visible(id) : before;
        boolean linked = link.follow(user, before.owned() ? before : null, after);
        if (!changed && !linked) {
            return before.toJson(scim, AttributeSelection.DEFAULT);
        }
        if (!changed) {
            touch(user);
            after = visible(id);
        }
        ObjectNode json = after.toJson(scim, AttributeSelection.DEFAULT);
        scim.events().user(OperationType.UPDATE, user, before.toJson(scim, AttributeSelection.DEFAULT), json);
        return json;
    }

    private boolean write(UserModel user, UserRecord before, UserChange change) {
        boolean changed = writeProfile(user, before, change);
        if (change.active().differsFrom(before.active())) {
            user.setEnabled(change.active().value());
            if (!user.isEnabled()) {
                UserSessions.end(scim, user);
            }
            changed = true;
        }
        changed |= writeRow(user, before, change);
        if (!change.attributes().own().isEmpty()) {
            new OwnAttributes(scim).write(user.getId(), change.attributes().own(), false);
            changed = true;
        }
        changed |= setPassword(user, change.password());
        if (changed) {
            touch(user);
        }
        return changed;
    }

    private void touch(UserModel user) {
        user.setLastModifiedTimestamp(Time.currentTimeMillis());
        scim.em().flush();
    }

    private boolean writeProfile(UserModel user, UserRecord before, UserChange change) {
        Map<String, List<String>> changes = new HashMap<>();
        String userName = change.userName().orElse(before.userName());
        if (!userName.equalsIgnoreCase(before.userName())) {
            refuseRename();
            refuseTakenName(userName);
            put(changes, UserModel.USERNAME, userName);
        }
        String email = email(before, change);
        if (!lower(email).equals(lower(before.email()))) {
            put(changes, UserModel.EMAIL, email);
        }
        if (change.givenName().differsFrom(before.givenName())) {
            put(changes, UserModel.FIRST_NAME, change.givenName().value());
        }
        if (change.familyName().differsFrom(before.familyName())) {
            put(changes, UserModel.LAST_NAME, change.familyName().value());
        }
        requireDeclared(change.role().differsFrom(before.role()), change);
        if (change.role().differsFrom(before.role())) {
            put(changes, scim.connection().roleAttribute(), change.role().value());
        }
        changes.putAll(change.attributes().mapped());
        if (changes.isEmpty()) {
            return false;
        }
        if (user instanceof CachedUserModel cached) {
            // The cache learns of another request's changes a moment after the database.
            cached.getDelegateForUpdate();
        }
        Map<String, List<String>> attributes = new HashMap<>(user.getAttributes());
        attributes.putAll(changes);
        profile(profiles -> profiles.create(UserProfileContext.USER_API, attributes, user), profile -> {
            profile.update(true);
            return user;
        });
        if (changes.containsKey(UserModel.EMAIL)) {
            user.setEmailVerified(email != null && scim.connection().emailVerified());
        }
        return true;
    }

    /** An administrator may have taken the declaration away. */
    private void requireDeclared(boolean role, UserChange change) {
        if (role || change.attributes().mapped().containsKey(DeclaredAttributes.EXCLUSIVE_GROUP)) {
            DeclaredAttributes.ensure(scim.session(), scim.realm(), scim.connection());
        }
    }

    /** An address that was taken from the userName goes with it. */
    private static String email(UserRecord before, UserChange change) {
        if (change.email().mentioned()) {
            return change.email().value();
        }
        boolean taken = before.email() != null && before.email().equalsIgnoreCase(before.userName());
        return taken ? change.userName().orElse(before.email()) : before.email();
    }

    private void refuseTakenName(String userName) {
        if (scim.session().users().getUserByUsername(scim.realm(), lower(userName)) != null) {
            throw ScimException.uniqueness("userName", "another user is called '" + userName + "'");
        }
    }

    private void refuseRename() {
        if (!scim.connection().userNameChange()) {
            throw ScimException.mutability("userName", "cannot be changed; the connection does not allow it");
        }
        if (!scim.realm().isEditUsernameAllowed()) {
            throw ScimException.mutability("userName", "cannot be changed; the realm does not allow it");
        }
    }

    /** Keeps the spelling and the external id; the row itself says that the connection has adopted the user. */
    private boolean writeRow(UserModel user, UserRecord before, UserChange change) {
        String externalId = change.externalId().orElse(before.externalId());
        String userName = change.userName().orElse(before.userName());
        String email = email(before, change);
        String emailType = change.emailType().value() == null
                ? before.emailType()
                : change.emailType().value();
        if (before.owned()
                && Objects.equals(externalId, before.externalId())
                && userName.equals(before.userName())
                && Objects.equals(email, before.email())
                && emailType.equals(before.emailType())) {
            return false;
        }
        refuseTakenExternalId(externalId, before.externalId());
        ScimUserEntity row = scim.em().find(ScimUserEntity.class, user.getId());
        if (row == null) {
            row = new ScimUserEntity();
            row.setUserId(user.getId());
            row.setRealmId(scim.realm().getId());
            remember(row, externalId, userName, email, emailType);
            scim.em().persist(row);
        } else {
            refuseOwnedByAnother(row, scim.connection().id());
            remember(row, externalId, userName, email, emailType);
        }
        return true;
    }

    /** Another connection may have adopted him since he was looked up. */
    static void refuseOwnedByAnother(ScimUserEntity row, String connectionId) {
        if (!connectionId.equals(row.getConnectionId())) {
            throw ScimException.conflict("Another connection provisions user " + row.getUserId() + " by now.");
        }
    }

    private void remember(ScimUserEntity row, String externalId, String userName, String email, String emailType) {
        row.setConnectionId(scim.connection().id());
        row.setExternalId(externalId);
        row.setUserName(userName);
        row.setEmail(email);
        row.setEmailType(UserRecord.EMAIL_TYPE.equals(emailType) ? null : emailType);
    }

    private void refuseTakenExternalId(String externalId, String current) {
        if (externalId == null || externalId.equals(current)) {
            return;
        }
        boolean taken = !scim.em()
                .createQuery(
                        "select s.userId from ScimUserEntity s where s.connectionId = :connection and s.externalId = :id",
                        String.class)
                .setParameter("connection", scim.connection().id())
                .setParameter("id", externalId)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw ScimException.uniqueness("externalId", "another user has '" + externalId + "'");
        }
    }

    private boolean setPassword(UserModel user, Given<UserChange.Password> password) {
        if (!password.mentioned()) {
            return false;
        }
        UserCredentialModel credential =
                UserCredentialModel.password(password.value().text());
        if (user.credentialManager().isValid(credential)) {
            return false;
        }
        try {
            user.credentialManager().updateCredential(credential);
        } catch (PasswordPolicyNotMetException e) {
            throw ScimException.invalidValue("password", "the realm's password policy does not allow it");
        } catch (ModelException e) {
            throw ScimException.invalidValue("password", "it cannot be set");
        }
        return true;
    }

    /** Deactivates or removes, as the connection wants it. */
    public void delete(String id) {
        hold(id);
        UserRecord before = visible(id);
        UserModel user = writable(id);
        if (!before.owned()) {
            throw ScimException.forbidden("User " + id + " was not provisioned by this connection.");
        }
        ObjectNode json = before.toJson(scim, AttributeSelection.DEFAULT);
        if (scim.connection().deleteRemoves()) {
            UserSessions.end(scim, user);
            scim.events().user(OperationType.DELETE, user, json, null);
            new UserManager(scim.session()).removeUser(scim.realm(), user);
        } else if (before.active()) {
            user.setEnabled(false);
            UserSessions.end(scim, user);
            user.setLastModifiedTimestamp(Time.currentTimeMillis());
            scim.em().flush();
            scim.events().user(OperationType.UPDATE, user, json, visible(id).toJson(scim, AttributeSelection.DEFAULT));
        }
    }

    /** Of two requests about one user the second begins when the first has ended, and reads what that has written. */
    private void hold(String id) {
        scim.em().find(UserEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private UserRecord visible(String id) {
        return reader.find(id, AttributeSelection.DEFAULT).orElseThrow(() -> ScimException.notFound("User " + id));
    }

    private UserModel writable(String id) {
        UserModel user = scim.session().users().getUserById(scim.realm(), id);
        if (user == null) {
            throw ScimException.notFound("User " + id);
        }
        AdministratorProtection.refuseAdministrator(user);
        return user;
    }

    private UserModel profile(Function<UserProfileProvider, UserProfile> build, Function<UserProfile, UserModel> save) {
        try {
            return save.apply(build.apply(scim.session().getProvider(UserProfileProvider.class)));
        } catch (ValidationException refusal) {
            throw ProfileRefusal.of(refusal, scim);
        }
    }

    private static void put(Map<String, List<String>> attributes, String name, String value) {
        attributes.put(name, value == null ? List.of() : List.of(value));
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
