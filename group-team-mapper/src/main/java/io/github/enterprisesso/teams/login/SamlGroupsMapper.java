package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.claim.GroupsReader;
import java.util.List;
import java.util.Objects;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLEndpoint;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType.ASTChoiceType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.provider.ProviderConfigProperty;

/** For SAML 2.0: an attribute of the assertion. */
public final class SamlGroupsMapper extends GroupsMapper {

    private static final String ID = "group-mapping-saml";
    private static final String ATTRIBUTE = "attribute";

    public SamlGroupsMapper() {
        super(ATTRIBUTE);
    }

    @Override
    GroupsClaim read(GroupsReader reader, BrokeredIdentityContext context) {
        AssertionType assertion = (AssertionType) context.getContextData().get(SAMLEndpoint.SAML_ASSERTION);
        return reader.inAttributes(assertion.getAttributeStatements().stream()
                .flatMap(statement -> statement.getAttributes().stream())
                .map(ASTChoiceType::getAttribute)
                .filter(Objects::nonNull)
                .map(SamlGroupsMapper::attribute)
                .toList());
    }

    private static GroupsReader.Attribute attribute(AttributeType attribute) {
        return new GroupsReader.Attribute(
                attribute.getName(),
                attribute.getFriendlyName(),
                attribute.getAttributeValue().stream()
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .toList());
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return properties(new ProviderConfigProperty(
                ATTRIBUTE,
                "Attribute",
                "Name or FriendlyName of the attribute with the groups.",
                ProviderConfigProperty.STRING_TYPE,
                "groups"));
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {SAMLIdentityProviderFactory.PROVIDER_ID};
    }

    @Override
    public String getId() {
        return ID;
    }
}
