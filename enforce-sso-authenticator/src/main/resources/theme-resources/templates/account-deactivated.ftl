<#-- What a person sees who proved who he is, and whose account is disabled. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("enforceSsoDeactivatedTitle")}
    <#elseif section = "form">
        <p id="account-deactivated" class="enforce-sso-why ${properties.kcContentWrapperClass!}">${msg("enforceSsoDeactivated")}</p>
        <p class="enforce-sso-restart ${properties.kcMarginTopClass!}"><a href="${url.loginRestartFlowUrl}">${msg("enforceSsoRestart")}</a></p>
    </#if>
</@layout.registrationLayout>
