<#-- Why the login was refused, or that there is a choice, and the way in. Works on keycloak.v2 and its children, without JavaScript. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("enforceSsoTitle")}
    <#elseif section = "form">
        <#if enforceSsoProviders?has_content>
            <p id="enforce-sso-why" class="enforce-sso-why ${properties.kcContentWrapperClass!}">${msg((enforceSsoChoice??)?then("enforceSsoChoose", "enforceSsoWhy"))}</p>
            <form id="enforce-sso-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <#list enforceSsoProviders as provider>
                    <button type="submit" name="provider" value="${provider.alias}" id="enforce-sso-${provider.alias}"
                            class="${(provider?is_first)?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!)} ${properties.kcButtonBlockClass!}"
                            aria-describedby="enforce-sso-why">${msg("enforceSsoContinue", provider.displayName)}</button>
                </#list>
            </form>
        <#else>
            <p id="enforce-sso-why" class="enforce-sso-why ${properties.kcContentWrapperClass!}">${msg("enforceSsoNoProvider")}</p>
        </#if>
        <#if enforceSsoChoice??>
            <form id="enforce-sso-password-form" class="enforce-sso-password ${properties.kcMarginTopClass!}" action="${url.loginAction}" method="post">
                <button type="submit" name="usePassword" value="true" id="enforce-sso-password" class="${properties.kcButtonLinkClass!"btn btn-link"}">${msg("enforceSsoPassword")}</button>
            </form>
        </#if>
        <p class="enforce-sso-restart ${properties.kcMarginTopClass!}"><a href="${url.loginRestartFlowUrl}">${msg("enforceSsoRestart")}</a></p>
    </#if>
</@layout.registrationLayout>
