package io.github.enterprisesso.scim.store;

import io.github.enterprisesso.scim.filter.ValueHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Locale;

/**
 * A row of SCIM_ATTRIBUTE: one sub-attribute of one value of a user's attribute, {@code addresses[1].locality}. An attribute
 * without sub-attributes has {@code value} as the only one.
 */
@Entity
@IdClass(ScimAttributeEntity.Key.class)
@Table(name = "SCIM_ATTRIBUTE")
public class ScimAttributeEntity {

    /** Characters of a value. Longer ones would not fit everywhere that Keycloak runs. */
    public static final int MAX_LENGTH = 1024;

    public record Key(String userId, String attribute, int itemIndex, String subAttribute) implements Serializable {}

    @Id
    @Column(name = "USER_ID", length = 36)
    private String userId;

    @Id
    @Column(name = "ATTRIBUTE", length = 64)
    private String attribute;

    @Id
    @Column(name = "ITEM_INDEX")
    private int itemIndex;

    @Id
    @Column(name = "SUB_ATTRIBUTE", length = 64)
    private String subAttribute;

    @Column(name = "REALM_ID", nullable = false)
    private String realmId;

    @Column(name = "ITEM_VALUE", nullable = false, length = MAX_LENGTH)
    private String value;

    @Column(name = "LOWER_VALUE", nullable = false, length = MAX_LENGTH)
    private String lowerValue;

    @Column(name = "VALUE_HASH", nullable = false)
    private long valueHash;

    protected ScimAttributeEntity() {}

    public ScimAttributeEntity(String realmId, Key key, String value) {
        this.realmId = realmId;
        this.userId = key.userId();
        this.attribute = key.attribute();
        this.itemIndex = key.itemIndex();
        this.subAttribute = key.subAttribute();
        this.value = value;
        this.lowerValue = value.toLowerCase(Locale.ROOT);
        this.valueHash = ValueHash.of(lowerValue);
    }

    public String getUserId() {
        return userId;
    }

    public String getAttribute() {
        return attribute;
    }

    public int getItemIndex() {
        return itemIndex;
    }

    public String getSubAttribute() {
        return subAttribute;
    }

    public String getRealmId() {
        return realmId;
    }

    public String getValue() {
        return value;
    }

    public String getLowerValue() {
        return lowerValue;
    }

    public long getValueHash() {
        return valueHash;
    }
}
