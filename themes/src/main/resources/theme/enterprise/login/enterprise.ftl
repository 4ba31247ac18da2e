<#--
  The sign-in pages of this theme: enterprise providers first, everything else behind "Other ways to sign in".

  A provider is enterprise
  1. if the SSO policy of the realm is on (REPORT or ENFORCE) and allows it; the policy is the configuration of the
     required action enforce-sso, read here as it is, so that there is nothing to keep in step;
  2. else, while the policy is off, if its own configuration says kcTheme-enterprise=true (or false);
  3. else if it speaks plain OpenID Connect or SAML: the types that Keycloak has for Google, GitHub and so on are not.
-->
<#assign policy = (social.realm.getRequiredActionConfigByAlias("enforce-sso").config)!{}>
<#assign policyOn = ["REPORT", "ENFORCE"]?seq_contains((policy.mode)!"OFF")>
<#assign allowed = ((policy.allowedProviders)!"")?replace("##", ",")?split(",")?map(alias -> alias?trim)>
<#assign all = (social.providers)![]>
<#assign providers = all?filter(p -> isEnterprise(p))>
<#-- Where the policy is enforced for everybody, other providers would lead nowhere; hiding them is never the control. -->
<#assign everybody = ((policy.mode)!"OFF") == "ENFORCE"
    && ((policy.scope)!"REALM")?replace("##", ",")?split(",")?map(scope -> scope?trim)?seq_contains("REALM")>
<#assign others = everybody?then([], all?filter(p -> !isEnterprise(p)))>

<#function isEnterprise p>
    <#if policyOn>
        <#return allowed?seq_contains(p.alias)>
    </#if>
    <#local declared = (p.themeConfig.enterprise)!"">
    <#if declared?has_content>
        <#return declared == "true">
    </#if>
    <#return ["oidc", "keycloak-oidc", "saml"]?seq_contains(p.providerId)>
</#function>

<#macro links providers class>
    <ul class="enterprise-providers">
        <#list providers as p>
            <li>
                <a id="social-${p.alias}" href="${p.loginUrl}" class="${class} ${properties.kcButtonBlockClass!}"
                   data-once-link data-disabled-class="${properties.kcFormSocialAccountListButtonDisabledClass!}">${msg("enterpriseContinue", p.displayName!p.alias)}</a>
            </li>
        </#list>
    </ul>
</#macro>

<#-- open: the form inside needs attention, for instance because what was typed there was wrong -->
<#macro page open>
    <#if providers?has_content>
        <nav aria-label="${msg("loginAccountTitle")}">
            <@links providers=providers class=properties.kcButtonPrimaryClass! />
        </nav>
        <details id="other-ways" class="enterprise-other-ways"<#if open> open</#if>>
            <summary>${msg("enterpriseOtherWays")}</summary>
            <#nested>
            <@rest />
        </details>
    <#else>
        <#nested>
        <@rest />
    </#if>
</#macro>

<#macro rest>
    <#if others?has_content>
        <p class="enterprise-or">${msg("identity-provider-login-label")}</p>
        <@links providers=others class=properties.kcButtonSecondaryClass! />
    </#if>
    <#if realm.password && realm.registrationAllowed && !registrationDisabled??>
        <p id="kc-registration" class="enterprise-or">${msg("noAccount")} <a href="${url.registrationUrl}">${msg("doRegister")}</a></p>
    </#if>
</#macro>
