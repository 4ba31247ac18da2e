package io.github.enterprisesso.scim.user;

import static io.github.enterprisesso.scim.schema.Attribute.bool;
import static io.github.enterprisesso.scim.schema.Attribute.complex;
import static io.github.enterprisesso.scim.schema.Attribute.reference;
import static io.github.enterprisesso.scim.schema.Attribute.string;

import io.github.enterprisesso.scim.connection.DeclaredAttributes;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.FilterSyntaxException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Home.Column;
import io.github.enterprisesso.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * The attributes of a User in a realm: those of RFC 7643 sections 4.1 and 4.3, the connection's extension, and what the
 * realm's user profile maps by the annotation {@value #ANNOTATION}, which Keycloak's own SCIM API uses, too.
 */
public final class UserSchema {

    static final String ANNOTATION = "kc.scim.schema.attribute";

    private static final String FULL_NAME = "coalesce((select f.value from ScimAttributeEntity f where f.userId = u.id"
            + " and f.attribute = 'name' and f.itemIndex = 0 and f.subAttribute = 'formatted'),"
            + " case when u.firstName is null then u.lastName when u.lastName is null then u.firstName"
            + " else concat(u.firstName, ' ', u.lastName) end)";

    private static final Home GROUPS = new Home.Rows(
            "UserGroupMembershipEntity {} join GroupEntity {}g on {}g.id = {}.groupId join {}g.attributes {}a",
            "{}.user.id = u.id and {}a.name = '" + ScimContext.CONNECTION_ATTRIBUTE + "' and {}a.value = :connection",
            Map.of(
                    "value", Column.of("{}g.id"),
                    "display", Column.of("{}g.name"),
                    "type", Column.lowerCase("'direct'")));

    private static final Home EMAILS = new Home.Split(
            new Home.Rows(
                    "UserEntity {} left join ScimUserEntity {}s on {}s.userId = {}.id",
                    "{}.realmId = :realm and {}.email is not null",
                    Map.of(
                            "value", Column.lowerCase("{}.email"),
                            "type", Column.of("coalesce({}s.emailType, '" + UserRecord.EMAIL_TYPE + "')"),
                            "primary", Column.of("true"))),
            "{}.id");

    private static final String EXCLUSIVE_GROUP = "LambdatestGroup";

    private static final Home OF_EXCLUSIVE_GROUP = new Home.Profile(DeclaredAttributes.EXCLUSIVE_GROUP);

    private final ScimConnection connection;
    private final Catalogue catalogue;

    private UserSchema(ScimConnection connection) {
        this.connection = connection;
        this.catalogue = new Catalogue(core(), extensions());
    }

    public static Catalogue of(ScimContext scim) {
        UPConfig profile = scim.session().getProvider(UserProfileProvider.class).getConfiguration();
        return of(scim.connection(), profile);
    }

    /** @param profile null: maps nothing */
    static Catalogue of(ScimConnection connection, UPConfig profile) {
        UserSchema schema = new UserSchema(connection);
        if (profile != null && profile.getAttributes() != null) {
            profile.getAttributes().forEach(schema::map);
        }
        return schema.catalogue;
    }

    private Schema core() {
        Attribute userName = string("userName", "Unique name, usually an e-mail address; compared without case")
                .required()
                .unique()
                .in(Column.lowerCase("u.username"));
        if (!connection.userNameChange()) {
            userName.mutability("immutable");
        }
        List<Attribute> attributes = new ArrayList<>(List.of(
                string("id", "Id of the user").common().caseExact().in(Column.of("u.id")),
                string("externalId", "Id of the user at the client")
                        .common()
                        .caseExact()
                        .in(Column.of("s.externalId")
                                .when("s.userId is not null and s.connectionId = :connection"
                                        + " and s.externalId is not null")),
                complex(
                                "meta",
                                "About the resource",
                                string("resourceType", "User").in(Column.lowerCase("'user'")),
                                Attribute.of("created", Type.DATE_TIME, "When it was made")
                                        .in(Column.of("u.createdTimestamp").orNull()),
                                Attribute.of("lastModified", Type.DATE_TIME, "When it was changed last")
                                        .in(Column.of("coalesce(u.lastModifiedTimestamp, u.createdTimestamp)")
                                                .orNull()))
                        .common()
                        .mutability("readOnly"),
                userName,
                complex(
                        "name",
                        "The person's name",
                        string("formatted", "The whole name; given and family name when it is not set")
                                .in(new Home.Own(Column.of(FULL_NAME).orNull())),
                        string("givenName", "Given name")
                                .required()
                                .in(Column.of("u.firstName").orNull()),
                        string("familyName", "Family name")
                                .required()
                                .in(Column.of("u.lastName").orNull()),
                        string("middleName", "Middle name"),
                        string("honorificPrefix", "Title before the name"),
                        string("honorificSuffix", "Suffix after the name")),
                string("displayName", "Name to show"),
                string("nickName", "Casual name"),
                reference("profileUrl", "Address of the person's page", "external"),
                string("title", "Position, such as Vice President"),
                string("userType", "Relation to the organization, such as Contractor"),
                string("preferredLanguage", "Language, as in Accept-Language"),
                string("locale", "Locale, such as en-US"),
                string("timezone", "Time zone, such as Europe/Berlin"),
                bool("active", "Whether the person may log in").in(Column.of("u.enabled")),
                complex(
                                "emails",
                                "E-mail addresses; the primary one is the user's in Keycloak",
                                string("value", "The address"),
                                string("type", "Such as work or home; work when it is not given"),
                                bool("primary", "True for one address"))
                        .multiValued()
                        .in(EMAILS),
                list("phoneNumbers", "Telephone numbers"),
                list("ims", "Instant messaging addresses"),
                complex(
                                "addresses",
                                "Postal addresses",
                                string("formatted", "The whole address"),
                                string("streetAddress", "Street and number"),
                                string("locality", "City"),
                                string("region", "State or region"),
                                string("postalCode", "Postal code"),
                                string("country", "Country"),
                                string("type", "Such as work or home"),
                                bool("primary", "True for one address"))
                        .multiValued(),
                list("entitlements", "Entitlements, as the client names them"),
                list("roles", "Roles, as the client names them; they grant nothing here"),
                complex(
                                "groups",
                                "The pushed groups of the person",
                                string("value", "Id of the group").caseExact().mutability("readOnly"),
                                reference("$ref", "Address of the group", "Group")
                                        .mutability("readOnly"),
                                string("display", "Name of the group").mutability("readOnly"),
                                string("type", "Always direct").mutability("readOnly"))
                        .multiValued()
                        .mutability("readOnly")
                        .in(GROUPS)));
        if (connection.passwordSync()) {
            attributes.add(string("password", "Becomes the person's password")
                    .mutability("writeOnly")
                    .in(new Home.Nowhere()));
        }
        return Schema.of(Urn.USER, "User", "A person", attributes);
    }

    private static Attribute list(String name, String description) {
        return complex(
                        name,
                        description,
                        string("value", "The value"),
                        string("display", "The value as it is shown"),
                        string("type", "What it is for"),
                        bool("primary", "True for one value"))
                .multiValued();
    }

    private List<Schema> extensions() {
        List<Schema> extensions = new ArrayList<>();
        extensions.add(Schema.of(
                Urn.ENTERPRISE_USER,
                "Enterprise user",
                "What a company adds to a person",
                List.of(
                        string("employeeNumber", "Number of the employee"),
                        string("costCenter", "Cost center"),
                        string("organization", "Organization"),
                        string("division", "Division"),
                        string("department", "Department"),
                        complex(
                                "manager",
                                "The person's manager",
                                string("value", "Id of the manager"),
                                string("displayName", "Name of the manager")))));
        extensions.add(new Schema(
                connection.userExtensions(),
                "User extension",
                "What the organization adds to a person",
                new ArrayList<>(List.of(
                        string(UserRecord.ROLE, "The person's role in the organization")
                                .alsoCalled(UserRecord.OLDER_ROLE)
                                .oneOf(connection.roleValues())
                                .in(new Home.Profile(connection.roleAttribute())),
                        string(EXCLUSIVE_GROUP, "Name of the exclusive group that the person is to be in")
                                .in(OF_EXCLUSIVE_GROUP)))));
        return extensions;
    }

    /** A path without a schema, or of the core schema, moves that attribute to the profile; others are new. */
    private void map(UPAttribute declared) {
        if (!isEditable(declared)) {
            columnOf(declared.getName()).ifPresent(column -> column.mutability("readOnly"));
        }
        Object annotation = declared.getAnnotations() == null
                ? null
                : declared.getAnnotations().get(ANNOTATION);
        if (annotation == null || !isVisible(declared)) {
            return;
        }
        AttributePath path;
        try {
            path = AttributePath.parse(annotation.toString());
        } catch (FilterSyntaxException noPath) {
            return;
        }
        if (path.attribute() == null || path.filter() != null) {
            return;
        }
        Optional<Attribute> present = catalogue.find(path);
        if (present.isPresent()) {
            move(present.get(), path.subAttribute(), declared);
        } else if (path.schema() != null && path.subAttribute() == null) {
            extension(path.schema()).attributes().add(attribute(path.attribute(), declared));
        }
    }

    /** What Keycloak's own columns hold. The realm decides whether names may change, and Keycloak sees to it. */
    private Optional<Attribute> columnOf(String userAttribute) {
        Schema core = catalogue.core();
        return switch (userAttribute) {
            case UserModel.EMAIL -> core.attribute("emails");
            case UserModel.FIRST_NAME -> core.attribute("name").flatMap(name -> name.subAttribute("givenName"));
            case UserModel.LAST_NAME -> core.attribute("name").flatMap(name -> name.subAttribute("familyName"));
            default -> Optional.empty();
        };
    }

    /** What has its place in Keycloak's user, or more than one value with parts, stays where it is. */
    private static void move(Attribute attribute, String sub, UPAttribute declared) {
        Attribute target = attribute;
        if (attribute.isComplex() && !attribute.isMultiValued()) {
            target = attribute.subAttribute(sub == null ? "value" : sub).orElse(null);
        } else if (sub != null) {
            return;
        }
        boolean movable = target != null
                && !target.isComplex()
                && (target.home() instanceof Home.Own || target.home().equals(OF_EXCLUSIVE_GROUP));
        if (movable) {
            target.in(new Home.Profile(declared.getName()));
            if (!isEditable(declared)) {
                target.mutability("readOnly");
            }
        }
    }

    private static Attribute attribute(String name, UPAttribute declared) {
        String description = declared.getDisplayName() == null ? declared.getName() : declared.getDisplayName();
        Attribute attribute = Attribute.of(name, type(declared), description).in(new Home.Profile(declared.getName()));
        if (declared.isMultivalued()) {
            attribute.multiValued();
        }
        return isEditable(declared) ? attribute : attribute.mutability("readOnly");
    }

    private static Type type(UPAttribute declared) {
        Set<String> validations = declared.getValidations() == null
                ? Set.of()
                : declared.getValidations().keySet();
        return validations.contains("integer")
                ? Type.INTEGER
                : validations.contains("double") ? Type.DECIMAL : Type.STRING;
    }

    private Schema extension(String urn) {
        return catalogue.schema(urn).orElseGet(() -> {
            Schema schema = Schema.of(urn, "User extension", "What the realm's user profile maps", List.of());
            catalogue.extensions().add(schema);
            return schema;
        });
    }

    /** Provisioning acts as an administrator. */
    private static boolean isEditable(UPAttribute declared) {
        return declared.getPermissions() == null
                || declared.getPermissions().isEmpty()
                || declared.getPermissions().getEdit().contains("admin");
    }

    private static boolean isVisible(UPAttribute declared) {
        if (isEditable(declared)) {
            return true;
        }
        return declared.getPermissions().getView().contains("admin");
    }
}
